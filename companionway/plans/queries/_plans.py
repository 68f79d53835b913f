"""A plan as its owner sees it, and as much of it as is open to somebody else now."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime

from django.db.models import OuterRef, QuerySet, Subquery
from django.utils.translation import gettext as _

from companionway.foundation import sealing
from companionway.foundation.models import Record
from companionway.people.events import SensitiveRead
from companionway.people.models import Person
from companionway.plans import policy
from companionway.plans.kinds import KINDS, Kind, Prompt
from companionway.plans.models import PlanSection, PlanShare
from companionway.plans.opening import open_parts, open_reason
from companionway.plans.states import Reach

# What is written with each reading, before the number of the section.
SUBJECT = "plan_section"
MOST_OPENINGS, MOST_OVERRIDES = 60, 10


@dataclass(frozen=True, slots=True)
class Contact:
    """Somebody to turn to, as the person wrote it down."""

    name: str
    number: str = ""
    reach: str = Reach.CALL
    safe_when: str = ""

    @property
    def href(self) -> str:
        """Where the button leads: digits and a leading plus, nothing else. Empty: there is no button."""
        dial = "".join(c for i, c in enumerate(self.number) if c in "0123456789" or (c == "+" and i == 0))
        scheme = {Reach.CALL: "tel:", Reach.TEXT: "sms:"}.get(Reach(self.reach), "")
        return scheme + dial if scheme and dial else ""

    @property
    def is_text(self) -> bool:
        return self.reach == Reach.TEXT


@dataclass(frozen=True, slots=True)
class ShareShown:
    """Who may read a part, until when. `is_open` is False while the two have nothing to do with each other."""

    public_id: str
    name: str
    reader_public_id: str
    until: datetime
    is_open: bool


@dataclass(frozen=True, slots=True)
class Opening:
    name: str
    at: datetime


@dataclass(frozen=True, slots=True)
class OverrideShown:
    """Somebody on call opened the plan without a share: who, when, until when, and the reason in their words."""

    name: str
    at: datetime
    until: datetime
    reason: str


@dataclass(frozen=True, slots=True)
class PartShown:
    """One part. `is_shared` is False for a reader who has it open by an override alone."""

    kind: Kind
    prompt: Prompt
    section_id: int | None = None
    words: str = ""
    contacts: list[Contact] = field(default_factory=list)
    written_at: datetime | None = None
    shares: list[ShareShown] = field(default_factory=list)
    openings: list[Opening] = field(default_factory=list)
    is_shared: bool = False

    @property
    def part(self) -> str:
        return self.prompt.key

    @property
    def number(self) -> int:
        return self.kind.number(self.part)

    @property
    def title(self) -> str:
        return str(self.prompt.title)

    @property
    def hint(self) -> str:
        return str(self.prompt.hint)

    @property
    def is_written(self) -> bool:
        return self.section_id is not None


def plan_of(person: Person, kind: Kind, now: datetime) -> list[PartShown]:
    """All parts for their owner, empty ones too, with who may read and who has read. Four questions."""
    shares, openings = _shares_of(person, kind, now), _openings(person)
    written = {
        each.part: replace(
            each, shares=shares.get(each.part, []), openings=openings.get(each.section_id or 0, [])
        )
        for each in _opened(policy.visible_to(person).filter(kind=kind.key))
    }
    return [written.get(prompt.key, PartShown(kind, prompt)) for prompt in kind.prompts]


def part_of(person: Person, kind: Kind, prompt: Prompt) -> PartShown:
    """One part, as it was written; nothing about readers."""
    found = _opened(policy.visible_to(person).filter(kind=kind.key, part=prompt.key))
    return found[0] if found else PartShown(kind, prompt)


def overrides_of(person: Person, kind: Kind) -> list[OverrideShown]:
    """Who opened this plan in danger and why, the newest first. One question, and one for the keys."""
    mine = policy.overrides_visible_to(person).filter(kind=kind.key).select_related("by").order_by("-pk")
    rows = list(mine[:MOST_OVERRIDES])
    if rows:
        sealing.preload(sealing.PERSON, sorted({person.pk, *(row.by_id for row in rows)}))
    return [
        OverrideShown(row.by.name or _("somebody who left"), row.opened_at, row.until, open_reason(row))
        for row in rows
    ]


def _shares_of(person: Person, kind: Kind, now: datetime) -> dict[str, list[ShareShown]]:
    """By part: with whom it is shared now."""
    live = list(
        PlanShare.objects.live(now)
        .filter(person=person, kind=kind.key)
        .select_related("reader")
        .order_by("pk")
    )
    if not live:
        return {}
    readers = {share.reader_id for share in live}
    near = set(policy.circle_of(person, kind).filter(pk__in=readers).values_list("pk", flat=True))
    found: dict[str, list[ShareShown]] = {}
    for each in live:
        reader = each.reader
        found.setdefault(each.part, []).append(
            ShareShown(each.public_id, reader.name, reader.public_id, each.until, reader.pk in near)
        )
    return found


def _openings(person: Person) -> dict[int, list[Opening]]:
    """By section: who opened it and when, the newest first."""
    names = Person.objects.filter(pk=OuterRef("actor_id")).values("name")[:1]
    rows = Record.objects.about(person.pk).filter(name=SensitiveRead.name, subject__startswith=f"{SUBJECT}:")
    newest = rows.annotate(by=Subquery(names)).order_by("-pk").values_list("subject", "by", "happened_at")
    found: dict[int, list[Opening]] = {}
    for subject, by, at in newest[:MOST_OPENINGS]:
        found.setdefault(int(subject.partition(":")[2]), []).append(Opening(by or _("somebody who left"), at))
    return found


def parts_open_to(reader: Person, owner: Person, now: datetime) -> list[PartShown]:
    """The parts of `owner`'s plans that `reader` may read at this moment, in their order. One question."""
    return _opened(policy.sections_open_to(reader, now).filter(person=owner))


def _opened(rows: QuerySet[PlanSection]) -> list[PartShown]:
    """The parts of one person, in the order of a plan. A part that no kind knows any more is left alone."""
    sections = [row for row in rows if row.kind in KINDS and row.part in KINDS[row.kind].parts]
    facts = open_parts(sections)
    shown = [
        PartShown(
            kind=KINDS[row.kind],
            prompt=KINDS[row.kind].prompt(row.part),
            section_id=row.pk,
            words=facts[row.pk]["words"],
            contacts=[Contact(**each) for each in facts[row.pk]["contacts"]],
            written_at=row.written_at,
            is_shared=getattr(row, "is_shared", False),
        )
        for row in sections
        if row.pk in facts
    ]
    return sorted(shown, key=lambda each: (list(KINDS).index(each.kind.key), each.number))
