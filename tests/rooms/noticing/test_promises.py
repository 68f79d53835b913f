"""What must stay true of this room whatever is built on it."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.apps import apps
from grimp import ImportGraph, build_graph

from companionway.foundation import parts
from companionway.notices.states import Kind
from companionway.noticing import rows, services
from companionway.noticing.figures import LAST_CHECK
from companionway.noticing.models import Answer, Noticed
from tests.cast import NOW, Cast
from tests.house.files import HOUSE, ROOT
from tests.rooms.noticing.conftest import NOW_WORDS, Talk

OUTSIDE = (
    "companionway.notices",
    "smtplib",
    "email",
    "django.core.mail",
    "urllib3",
    "requests",
    "http.client",
    "socket",
)
WORDS = re.compile(r"suicid|harm|abus|risk|danger|heavy|worry|worrying", re.IGNORECASE)


def ways_out(graph: ImportGraph, room: str = "companionway.noticing") -> list[str]:
    """Every import chain from the room to something that sends words outside."""
    found = []
    for each in OUTSIDE:
        if each in graph.modules and (chain := graph.find_shortest_chain(room, each, as_packages=True)):
            found.append(" -> ".join(chain))
    return found


def test_nothing_here_can_reach_the_outside() -> None:
    assert ways_out(build_graph("companionway", include_external_packages=True, cache_dir=None)) == []


def test_a_way_out_is_seen() -> None:
    graph = build_graph("companionway", include_external_packages=True, cache_dir=None)
    graph.add_import(importer="companionway.noticing.services", imported="companionway.notices.writing")
    assert ways_out(graph) != []


def test_what_is_told_outside_has_no_content() -> None:
    """The notice is made from the programme's number and a kind; its reaction reads neither rows nor words."""
    code = (HOUSE / "notices" / "reactions" / "_noticing.py").read_text()
    assert not re.search(r"noticing\.(models|queries|rows)|sealing|\.text|facts", code)
    assert not WORDS.search(str(Kind.NOTICED.label)) and not WORDS.search(str(Kind.CHECK_IN.label))


def test_no_table_or_column_is_about_a_person() -> None:
    """Who answered on call is the only person there is."""
    people = {
        f"{model.__name__}.{field.name}"
        for model in apps.get_app_config("noticing").get_models()
        for field in model._meta.get_fields()
        if getattr(field, "related_model", None) is not None
        and field.related_model._meta.label == "people.Person"  # type: ignore[union-attr]
    }
    assert people == {"Answer.by"}


def test_the_figures_shown_are_the_newest_first_looks() -> None:
    """The page says what the decision says: the last eight rows of its table, before anything was tuned to them."""
    told = (ROOT / "docs" / "decisions" / "0015-noticing-words.md").read_text()
    first_looks = re.findall(r"^\| [^|]+ \| \d+ \| (\d+)/(\d+)[^|]*\| (\d+)/(\d+)[^|]*\|", told, re.MULTILINE)
    assert len(first_looks) == len(re.findall(r"^\| [^|]+ \| \d+ \|", told, re.MULTILINE))
    together = tuple(sum(map(int, column)) for column in zip(*first_looks[-8:], strict=True))
    assert together == (LAST_CHECK.seen, LAST_CHECK.high, LAST_CHECK.needless, LAST_CHECK.calm)
    assert (LAST_CHECK.missed_of_100, LAST_CHECK.needless_of_100) == (15, 7)


@pytest.mark.django_db
def test_a_persons_file_and_leaving(cast: Cast, talk: Talk) -> None:
    talk.says(cast.mina, NOW_WORDS)
    noticed = Noticed.objects.get()
    services.answer_noticed(actor=cast.cora, noticed=noticed, deed="fine", reason="A song", now=NOW)
    mine: Any = parts.export_of(cast.mina)["noticing"]
    assert [each["label"] for each in mine["noticed_in_my_messages"]] == ["Now"]
    assert parts.export_of(cast.theo)["noticing"]["noticed_in_my_messages"] == []
    assert "A song" not in str(mine) + str(parts.export_of(cast.cora)["noticing"])
    parts.erase(cast.mina, NOW)
    assert not Noticed.objects.exists()
    assert bytes(Answer.objects.get().sealed_reason) == b""


@pytest.mark.django_db
def test_a_conversation_destroyed_takes_everything_noticed_in_it(cast: Cast, talk: Talk) -> None:
    talk.says(cast.mina, NOW_WORDS)
    services.answer_noticed(actor=cast.cora, noticed=Noticed.objects.get(), deed="talk", now=NOW)
    assert rows.forget_conversation(talk.conversation.pk, NOW) == 2
    assert not Noticed.objects.exists() and not Answer.objects.exists()
