"""Every language says everything the English does, and says it whole. Mend: `make words`, translate, `make words`."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest
from babel.messages import pofile
from babel.messages.catalog import Catalog, Message
from django.conf import settings
from django.utils import translation

from companionway.people import labels, practice_models
from companionway.reasoning import topics
from companionway.reasoning.deciding import SENTENCES
from companionway.reasoning.matching import TEMPLATES
from tests.house.collected import Said, collected, first
from tests.house.files import HOUSE

SPOKEN = [code for code, _name in settings.LANGUAGES if code != "en"]
FORMS = {"fr": 2, "ar": 6}
HOLDERS = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}|</?\w+[^>]*>|&#?\w+;")
# A straight apostrophe inside a word; an English mark where the script has its own; a mark that may start a line.
SLIPS = {
    "fr": re.compile(r"\w'\w| [?!:;»]|\w[?!;]|« |[“”]"),
    "ar": re.compile(r"[\u0600-\u06ff][,;?]|[“”]"),
}
Entries = list[Message]


@cache
def catalogue(language: str) -> Catalog:
    with (HOUSE / "locale" / language / "LC_MESSAGES" / "django.po").open("rb") as source:
        return pofile.read_po(source)


@pytest.fixture(scope="module", params=SPOKEN)
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def entries(language: str) -> Entries:
    return [each for each in catalogue(language) if each.id]


@pytest.fixture(scope="module")
def said(tmp_path_factory: pytest.TempPathFactory) -> set[Said]:
    return collected(tmp_path_factory.mktemp("collected"))


def texts_of(entry: Message) -> Iterator[tuple[str, str]]:
    """(English, translation) of each form; every form beyond the first stands beside the English plural."""
    if isinstance(entry.id, tuple):
        for place, text in enumerate(entry.string or ()):
            yield entry.id[min(place, 1)], text
    else:
        yield str(entry.id), str(entry.string)


def unfinished(entries: Entries) -> list[str]:
    return [first(each.id) for each in entries if each.fuzzy or not all(text for _, text in texts_of(each))]


def wrong_holders(entries: Entries) -> list[str]:
    """Where a placeholder, a tag or an entity is not as in the English. A plural form may leave the number out."""
    wrong = []
    for each in entries:
        for english, text in texts_of(each):
            wanted, found = sorted(HOLDERS.findall(english)), sorted(HOLDERS.findall(text))
            if found != wanted and not (isinstance(each.id, tuple) and set(found) <= set(wanted)):
                wrong.append(text)
    return wrong


def slips(entries: Entries, language: str) -> list[str]:
    return [text for each in entries for _, text in texts_of(each) if SLIPS[language].search(text)]


def stops(text: str) -> bool:
    return text.rstrip("”»\u00a0").endswith(".")


def test_nothing_is_left_untranslated_or_unsure(entries: Entries) -> None:
    assert unfinished(entries) == []


def test_placeholders_and_marks_are_those_of_the_english(entries: Entries) -> None:
    assert wrong_holders(entries) == []


def test_every_plural_form_is_there(language: str, entries: Entries) -> None:
    assert catalogue(language).num_plurals == FORMS[language]
    counted = [each for each in entries if isinstance(each.id, tuple)]
    assert counted
    assert {len(each.string or ()) for each in counted} == {FORMS[language]}


def test_a_sentence_ends_where_the_english_ends(entries: Entries) -> None:
    pairs = [pair for each in entries for pair in texts_of(each)]
    ending = [text for english, text in pairs if stops(english) != stops(text)]
    assert ending == []


def test_each_script_keeps_its_own_marks(language: str, entries: Entries) -> None:
    assert slips(entries, language) == []


def test_english_quotes_are_one_kind_and_in_pairs(said: set[Said]) -> None:
    assert [
        words for _, words in said if words.count("“") != words.count("”") or re.search("[‘’]", words)
    ] == []


def test_the_catalogue_holds_what_is_said_today_and_nothing_else(said: set[Said], entries: Entries) -> None:
    kept = {(each.context, first(each.id)) for each in entries}
    assert sorted(words for _, words in said - kept) == []
    assert sorted(words for _, words in kept - said) == []


def test_the_words_of_reasoning_are_all_marked() -> None:
    listed = {words for name in vars(labels) if name.isupper() for words in vars(labels)[name]}
    vocabularies = (
        topics.TOPICS,
        topics.GOALS,
        topics.IDENTITY,
        topics.CONTACT_MODES,
        topics.STAGES,
        topics.WEEK,
    )
    needed = {words for each in vocabularies for words in each.labels.values()} | set(TEMPLATES.values())
    assert needed | set(SENTENCES.values()) <= listed


def test_topics_and_reasons_are_said_in_the_language(language: str) -> None:
    with translation.override(language):
        told = [
            *topics.TOPICS.labels.values(),
            *topics.WEEK.labels.values(),
            *TEMPLATES.values(),
            *SENTENCES.values(),
        ]
        assert [words for words in told if translation.gettext(words) == words] == []


def test_practice_models_speak_the_language(language: str) -> None:
    for key in sorted(path.stem for path in practice_models.FOLDER.glob("*.toml")):
        with translation.override("en"):
            english = practice_models.load(key)
        with translation.override(language):
            spoken = practice_models.load(key)
        data = practice_models.data_of(key)
        assert set(data["words"][language]) == set(practice_models.WORDS)
        assert set(data["in"][language].get("ending_labels", {})) == set(english.ending.kinds)
        for part in ("name", "summary", "say_first", *practice_models.LISTS):
            told, meant = getattr(spoken, part), getattr(english, part)
            assert len(told) == len(meant) if isinstance(meant, tuple) else bool(told) == bool(meant)
            assert not meant or told != meant
        pairs = zip(spoken.agreement_prompts, english.agreement_prompts, strict=True)
        assert all(
            told["key"] == meant["key"] and told["question"] != meant["question"] for told, meant in pairs
        )


Fault = Callable[[Entries], list[str]]


@pytest.mark.parametrize(
    ("guard", "entry"),
    [
        (unfinished, Message("Yes", "")),
        (unfinished, Message("Yes", "Oui", flags=["fuzzy"])),
        (unfinished, Message(("%(n)s day", "%(n)s days"), ("%(n)s jour", ""))),
        (wrong_holders, Message("Hello, %(name)s", "Bonjour, %(nom)s")),
        (wrong_holders, Message("Write <b>no</b>", "Écrivez non")),
        (wrong_holders, Message(("%(n)s day", "%(n)s days"), ("%(n)s jour", "%(m)s jours"))),
        (lambda entries: slips(entries, "fr"), Message("One", "L'un")),
        (lambda entries: slips(entries, "fr"), Message("Who?", "Qui ?")),
        (lambda entries: slips(entries, "ar"), Message("Who?", "من?")),
    ],
)
def test_each_guard_sees_its_fault(guard: Fault, entry: Message) -> None:
    assert guard([entry]) != []


def test_new_words_are_seen(tmp_path: Path) -> None:
    room, folder = tmp_path / "house" / "room", tmp_path / "folder"
    room.mkdir(parents=True)
    folder.mkdir()
    (room / "page.html").write_text('{% translate "A page" %}{% card title=_("A card") %}')
    (room / "views.py").write_text('_("A view")\nngettext("one", "many", 2)\npgettext("time", "a time")\n')
    assert collected(folder, tmp_path / "house") == {
        (None, "A page"), (None, "A card"), (None, "A view"), (None, "one"), ("time", "a time"),
    }  # fmt: skip
