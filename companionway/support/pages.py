"""What the room upstairs that has pages read tells of a page, when it is ready; and the row that both rooms lock."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from companionway.people.models import Person
from companionway.support.models import Relationship


@dataclass(frozen=True, slots=True)
class RemarkShown:
    """What a practice supervisor wrote to a page, for the two whose page it is."""

    by: Person
    at: datetime
    words: str
    asks_for_change: bool
    # What a report of it is about ("remark:ID").
    subject: str


@dataclass(frozen=True, slots=True)
class Known:
    """How the reading of one page stands, in a sentence, and what was written to it."""

    says: str
    is_signed: bool
    remarks: tuple[RemarkShown, ...] = ()


_tell: list[Callable[[Relationship, int | None], dict[int, Known]]] = []
_is_signed: list[Callable[[int], bool]] = []


def register(
    *, tell: Callable[[Relationship, int | None], dict[int, Known]], is_signed: Callable[[int], bool]
) -> None:
    """`tell(walk, page)` answers for every page of a walk without remarks, or for one with them: {page: Known}."""
    _tell[:], _is_signed[:] = [tell], [is_signed]


def known_of(relationship: Relationship, note_id: int | None = None) -> dict[int, Known]:
    """How the reading of each page stands; pages that nobody asked about are not there."""
    return _tell[0](relationship, note_id) if _tell else {}


def is_signed(note_id: int) -> bool:
    """Whether this page is locked: what comes later stands on a new page."""
    return bool(_is_signed) and _is_signed[0](note_id)


def held(note_id: int) -> Relationship:
    """The walk of a page, locked, so that nothing is written to the page meanwhile. Inside a transaction."""
    rows = Relationship.objects.select_for_update(of=("self",))
    return rows.select_related("programme", "member", "supporter").get(notes=note_id)
