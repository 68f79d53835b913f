"""Practice models: one readable TOML file per tradition, checked by a schema, copied into a programme that adopts it.

A new tradition needs a file in `traditions/`, no Python. What a file says is never kept becomes a database constraint
(see `models/_organisations.py`), so no code path can write it.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from functools import cache
from pathlib import Path
from typing import Any, Final, Protocol, TypedDict

from django.utils.translation import get_language

from companionway.people import group_schema

FOLDER: Final = Path(__file__).parent / "traditions"
DOORS: Final = ("browse", "suggest", "offer")
INTRODUCERS: Final = ("coordinator", "self")
WORDS: Final = (
    "member", "members", "a_member", "supporter", "supporters", "a_supporter",
    "relationship", "relationships", "ask", "notes", "agreement", "ending", "programme",
)  # fmt: skip
TEXTS: Final = ("name", "summary")
LISTS: Final = ("first_meeting", "limits_of_confidentiality")


class WrongModel(ValueError):
    """A practice model file that cannot be used; `problems` has one plain sentence each."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__(" ".join(problems))
        self.problems = problems


class Prompt(TypedDict):
    """One question two people answer together when they agree how they walk."""

    key: str
    question: str
    hint: str


class HasModel(Protocol):
    """A programme, as far as this leaf needs to know it."""

    practice_model: str
    model_data: Any


@dataclass(frozen=True, slots=True)
class RecordPolicy:
    """What may be kept at all, and whether a coordinator sees that a relationship exists."""

    notes: bool
    agreements: bool
    attendance: bool
    outcomes: bool
    ending_reasons: bool
    coordinator_sees: bool
    # Of groups: a list of who belongs that others see; how many came; being sent by somebody else.
    register: bool = False
    head_counts: bool = False
    referrals: bool = False

    @property
    def never(self) -> tuple[str, ...]:
        """The names of what this tradition never keeps."""
        return tuple(name for name, allowed in asdict(self).items() if not allowed)


RECORD_KEYS: Final = tuple(each.name for each in fields(RecordPolicy))


def column_of(record_key: str) -> str:
    """The programme's column that holds one answer of the record policy."""
    return record_key if record_key == "coordinator_sees" else f"keeps_{record_key}"


@dataclass(frozen=True, slots=True)
class Ending:
    """How a relationship may end: stable keys, and what each is called."""

    either_side_without_reason: bool
    kinds: tuple[str, ...]
    labels: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class PracticeModel:
    """One tradition, in the words of one language."""

    key: str
    name: str
    summary: str
    words: Mapping[str, str]
    records: RecordPolicy
    doors: tuple[str, ...]
    introduced_by: str
    mutual: bool
    ending: Ending
    agreement_prompts: tuple[Prompt, ...]
    first_meeting: tuple[str, ...]
    limits_of_confidentiality: tuple[str, ...]
    # Said before the first word, where a conversation can lead to a report; empty where it is part of the limits.
    say_first: str = ""

    @classmethod
    def of(cls, programme: HasModel) -> PracticeModel:
        """The programme's own copy, read in the language of the page; a gap is filled from the shipped file."""
        shipped = _shipped().get(programme.practice_model, {})
        return _read({**shipped, **(programme.model_data or {})}, get_language() or "en")


def available() -> list[PracticeModel]:
    """Every shipped tradition, by name, in the language of the page."""
    language = get_language() or "en"
    return sorted((_read(data, language) for data in _shipped().values()), key=lambda model: model.name)


def load(key: str) -> PracticeModel:
    """One shipped tradition in the language of the page. Raises KeyError for a key that no file has."""
    return _read(_shipped()[key], get_language() or "en")


def data_of(key: str) -> dict[str, Any]:
    """The plain data of one shipped file: what a programme keeps as its own copy."""
    return dict(_shipped()[key])


def shipped_policies() -> dict[str, RecordPolicy]:
    """Each shipped key with its record policy, for the constraints."""
    return {key: RecordPolicy(**data["records"]) for key, data in _shipped().items()}


def shipped_groups(key: str) -> Mapping[str, Any]:
    """`[groups]` of a shipped file; empty where it has none or no file has this key."""
    groups: Mapping[str, Any] = _shipped().get(key, {}).get("groups", {})
    return groups


def with_groups() -> dict[str, Mapping[str, Any]]:
    """Each shipped key whose tradition has groups, with its `[groups]`."""
    return {key: data["groups"] for key, data in _shipped().items() if "groups" in data}


def words_in(words: Mapping[str, Any], language: str) -> dict[str, str]:
    """The vocabulary in one language, English where a word has no translation."""
    english = {key: word for key, word in words.items() if isinstance(word, str)}
    spoken = words.get(language.split("-")[0])
    return {**english, **(spoken if isinstance(spoken, dict) else {})}


def read_file(path: Path) -> dict[str, Any]:
    """The data of one file, checked. Raises WrongModel with every problem."""
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as fault:
        raise WrongModel([f"{path.name} is not readable as TOML: {fault}."]) from fault
    if data.get("like"):
        data = _like(data, path)
    if problems := problems_of(data, path.stem):
        raise WrongModel(problems)
    return data


def _like(data: Mapping[str, Any], path: Path) -> dict[str, Any]:
    """What a file does not say, it takes from the file it is `like`; but what is kept, every file says itself."""
    near = path.with_name(f"{data['like']}.toml")
    if near == path or not near.is_file():
        raise WrongModel([f'{path.name} is like "{data["like"]}", which no other file is.'])
    said = {key: value for key, value in read_file(near).items() if key not in ("key", "records", "groups")}
    languages = {**said.get("in", {}), **data.get("in", {})}
    spoken = {
        each: {**said.get("in", {}).get(each, {}), **data.get("in", {}).get(each, {})} for each in languages
    }
    words = {**said.get("words", {}), **data.get("words", {})}
    merged = {**said, **data, "words": words, "in": spoken}
    return {key: value for key, value in merged.items() if key != "like"}


@cache
def _shipped() -> dict[str, dict[str, Any]]:
    return {path.stem: read_file(path) for path in sorted(FOLDER.glob("*.toml"))}


def _read(data: Mapping[str, Any], language: str) -> PracticeModel:
    spoken = {**data, **data.get("in", {}).get(language.split("-")[0], {})}
    ending = data.get("ending", {})
    labels = {**ending.get("labels", {}), **spoken.get("ending_labels", {})}
    return PracticeModel(
        key=data["key"],
        name=spoken["name"],
        summary=spoken["summary"],
        words=words_in(data["words"], language),
        records=RecordPolicy(**data["records"]),
        doors=tuple(data["doors"]),
        introduced_by=data["introduced_by"],
        mutual=data["mutual"],
        ending=Ending(ending["either_side_without_reason"], tuple(ending["kinds"]), labels),
        agreement_prompts=tuple(spoken["agreement_prompts"]),
        first_meeting=tuple(spoken["first_meeting"]),
        limits_of_confidentiality=tuple(spoken["limits_of_confidentiality"]),
        say_first=spoken.get("say_first", ""),
    )


def problems_of(data: Mapping[str, Any], key: str) -> list[str]:
    """One plain sentence per problem in a file's data; empty when it can be used."""
    found = []
    if data.get("key") != key:
        found.append(f'The key must be the file\'s own name, "{key}".')
    found += [f'"{name}" is missing: write a sentence.' for name in TEXTS if not _is_text(data.get(name))]
    found += [f'"{name}" must be a list of sentences.' for name in LISTS if not _are_texts(data.get(name))]
    if not isinstance(data.get("mutual"), bool):
        found.append('"mutual" must be true or false.')
    if data.get("introduced_by") not in INTRODUCERS:
        found.append('"introduced_by" must be "coordinator" or "self".')
    doors = data.get("doors")
    if not _are_texts(doors) or not doors or set(doors) - set(DOORS):
        found.append('"doors" must name at least one of browse, suggest and offer.')
    found += [*_words_wrong(data), *_records_wrong(data), *_ending_wrong(data), *_prompts_wrong(data)]
    return found + group_schema.problems_of(data)


def _is_text(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _are_texts(value: object) -> bool:
    return isinstance(value, list) and all(_is_text(each) for each in value)


def _words_wrong(data: Mapping[str, Any]) -> list[str]:
    words = data.get("words")
    if not isinstance(words, dict):
        return ["[words] is missing: the names of people and things in this tradition."]
    found = [f'[words] needs "{key}".' for key in WORDS if not _is_text(words.get(key))]
    known = {key for key, word in words.items() if not isinstance(word, dict)}
    found += [f'[words] has "{key}", which nothing uses.' for key in sorted(known - set(WORDS))]
    for language, spoken in words.items():
        if isinstance(spoken, dict):
            found += [
                f'[words.{language}] has "{key}", which nothing uses.' for key in set(spoken) - set(WORDS)
            ]
    return found


def _records_wrong(data: Mapping[str, Any]) -> list[str]:
    records = data.get("records")
    if not isinstance(records, dict):
        return ["[records] is missing: say for each kind of record whether it may be kept."]
    found = [
        f'[records] "{key}" must be true or false.'
        for key in RECORD_KEYS
        if not isinstance(records.get(key), bool)
    ]
    return found + [
        f'[records] has "{key}", which is not known.' for key in sorted(set(records) - set(RECORD_KEYS))
    ]


def _ending_wrong(data: Mapping[str, Any]) -> list[str]:
    ending = data.get("ending")
    if not isinstance(ending, dict):
        return ["[ending] is missing: how a relationship may end."]
    found = []
    if not isinstance(ending.get("either_side_without_reason"), bool):
        found.append('[ending] "either_side_without_reason" must be true or false.')
    kinds, labels = ending.get("kinds"), ending.get("labels")
    if not _are_texts(kinds) or not kinds:
        return [*found, '[ending] "kinds" must name at least one way to end.']
    named = labels if isinstance(labels, dict) else {}
    return found + [
        f'[ending.labels] needs words for "{kind}".' for kind in kinds if not _is_text(named.get(kind))
    ]


def _prompts_wrong(data: Mapping[str, Any]) -> list[str]:
    prompts = data.get("agreement_prompts")
    if not isinstance(prompts, list) or not all(isinstance(each, dict) for each in prompts):
        return ['"agreement_prompts" must be a list of questions.']
    found = [
        f"Question {place} of agreement_prompts needs a {part}."
        for place, prompt in enumerate(prompts, 1)
        for part in ("key", "question", "hint")
        if not _is_text(prompt.get(part))
    ]
    keys = [prompt.get("key") for prompt in prompts]
    if len(set(map(str, keys))) < len(keys):
        found.append("Two questions of agreement_prompts have the same key.")
    return found
