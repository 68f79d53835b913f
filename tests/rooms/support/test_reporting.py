"""What the two wrote can be reported, each thing alone, by the one who did not write it."""

from __future__ import annotations

from collections.abc import Callable

from django.test import Client
from django.urls import reverse

from companionway.safety import queries as safety
from companionway.safety.models import Report
from companionway.support import services
from companionway.support.models import Relationship
from tests.cast import NOW, Cast
from tests.rooms.support.test_views import text, url

ComeIn = Callable[..., Client]
NEITHER = ("ruth", "cora", "sam_the_stranger")


def extract(actor: object, subject: str) -> str | None:
    thing = safety.reportable(actor, subject)  # type: ignore[arg-type]
    return thing.text if thing else None


def test_a_page_of_the_note_goes_with_the_words_of_the_other_alone(walk: Relationship, cast: Cast) -> None:
    page = services.write_note(actor=cast.mina, relationship=walk, words="my own", now=NOW)
    subject = f"note:{page.public_id}"
    assert extract(cast.mina, subject) is None
    services.write_note(actor=cast.theo, relationship=walk, words="first", note=page, now=NOW)
    services.write_note(actor=cast.theo, relationship=walk, words="and then", note=page, now=NOW)
    assert extract(cast.mina, subject) == "and then"
    assert extract(cast.theo, subject) == "my own"
    assert [extract(getattr(cast, who), subject) for who in NEITHER] == [None, None, None]


def test_a_letter_only_once_it_is_given(walk: Relationship, cast: Cast) -> None:
    services.start_ending(actor=cast.mina, relationship=walk, last_meeting_on=None, now=NOW)
    subject = f"letter:{walk.public_id}"
    services.say_goodbye(actor=cast.theo, relationship=walk, words="Go well", is_ready=True, now=NOW)
    assert extract(cast.mina, subject) is extract(cast.theo, subject) is None
    services.say_goodbye(actor=cast.mina, relationship=walk, words="Thank you", is_ready=True, now=NOW)
    assert (extract(cast.mina, subject), extract(cast.theo, subject)) == ("Go well", "Thank you")
    assert [extract(getattr(cast, who), subject) for who in NEITHER] == [None, None, None]


def test_an_agreement_by_whoever_did_not_write_it_down(walk: Relationship, cast: Cast) -> None:
    subject = f"agreement:{walk.public_id}"
    assert extract(cast.theo, subject) is None
    words = {"what": "Tea by the canal"}
    services.propose_agreement(actor=cast.mina, relationship=walk, words=words, after=0, now=NOW)
    assert extract(cast.theo, subject) == "Tea by the canal"
    assert extract(cast.mina, subject) is None
    assert [extract(getattr(cast, who), subject) for who in NEITHER] == [None, None, None]


def test_the_pages_lead_there_and_the_report_arrives(walk: Relationship, cast: Cast, come_in: ComeIn) -> None:
    page = services.write_note(actor=cast.theo, relationship=walk, words="nobody else would", now=NOW)
    link = f"{reverse('safety:report')}?about=note:{page.public_id}"
    assert link not in text(come_in(cast.theo).get(url("note", walk)))
    mina = come_in(cast.mina)
    assert link in text(mina.get(url("note", walk)))
    assert "nobody else would" in text(mina.get(link))
    assert mina.post(link, {"words": "It frightened me.", "reason": ""}).status_code == 302
    made = Report.objects.get()
    assert (made.about, made.reporter, made.subject) == (cast.theo, cast.mina, f"note:{page.public_id}")
    assert come_in(cast.sam_the_stranger).get(link).status_code == 404
