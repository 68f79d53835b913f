"""One person's book: their ladder, what they tried, whom they met outside. Sealed whole, opened for nobody else."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Any, Final

from companionway.foundation import sealing
from companionway.people.models import Person
from companionway.steps.models import Book
from companionway.steps.models._book import PLACE

# Sealed text is filled up to a whole page, so that its length does not say how much there is.
PAGE: Final = 4096
MOST_STEPS, MOST_TRIES, MOST_OUTSIDE = 30, 300, 600


@dataclass(frozen=True, slots=True)
class Try:
    """One time somebody tried a step. Fear is as they wrote it: a number from 0 to 10, words, or nothing."""

    key: str
    on: date | None = None
    before: str = ""
    did: str = ""
    after: str = ""
    noticed: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """`series` and `company` are public ids of a meeting's series and of an agreement, or nothing."""

    key: str
    words: str
    place: str = ""
    series: str = ""
    company: str = ""
    tries: tuple[Try, ...] = ()


@dataclass(frozen=True, slots=True)
class Contact:
    """Somebody met in ordinary life, in one's own words."""

    key: str
    on: date
    kind: str
    words: str
    felt: str = ""


@dataclass(frozen=True, slots=True)
class Pages:
    """What stands in one book; the first step is the lowest. `on_device`: the steps go into the copy a device keeps."""

    steps: tuple[Step, ...] = ()
    outside: tuple[Contact, ...] = ()
    on_device: bool = False

    @property
    def is_empty(self) -> bool:
        return not (self.steps or self.outside)

    def step(self, key: str) -> Step | None:
        return next((each for each in self.steps if each.key == key), None)

    def with_step(self, step: Step) -> Pages:
        """The same ladder with this step in the place of its older self."""
        return replace(self, steps=tuple(step if each.key == step.key else each for each in self.steps))


def open_book(person: Person, book: Book | None) -> Pages:
    """What stands in it; nothing after everything was deleted."""
    if book is None or not book.sealed or book.person_id != person.pk:
        return Pages()
    try:
        text = sealing.key_of(sealing.PERSON, person.pk).open(book.sealed, PLACE)
    except sealing.KeyDestroyed:
        return Pages()
    return _read(json.loads(text))


def seal_book(person: Person, pages: Pages) -> bytes:
    text = json.dumps(asdict(pages), ensure_ascii=False, separators=(",", ":"), default=str)
    # Blanks after the last bracket mean nothing to a reader.
    filled = text + " " * (-len(text.encode()) % PAGE)
    return sealing.key_of(sealing.PERSON, person.pk).seal(filled, PLACE)


def _read(kept: Mapping[str, Any]) -> Pages:
    return Pages(
        steps=tuple(
            Step(**{**each, "tries": tuple(Try(**_dated(one)) for one in each["tries"])})
            for each in kept["steps"]
        ),
        outside=tuple(Contact(**_dated(each)) for each in kept["outside"]),
        on_device=kept.get("on_device", False),
    )


def _dated(row: Mapping[str, Any]) -> dict[str, Any]:
    return {**row, "on": date.fromisoformat(row["on"]) if row["on"] else None}
