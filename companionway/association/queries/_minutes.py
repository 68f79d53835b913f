"""One set of minutes as it is read, printed and taken along; the list of them; which decisions approve a correction."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from companionway.association import opening, policy
from companionway.association.models import Decided, Minutes, Version
from companionway.association.queries._taking import decided_by
from companionway.association.states import MEMBER, State
from companionway.groups.states import ProposalKind, ProposalState
from companionway.people.group_rules import GroupRules
from companionway.people.models import Person


@dataclass(frozen=True, slots=True)
class Decision:
    title: str
    words: str
    sentences: list[str]
    passed: bool
    # (yes, no, aside); None where too few voted to show them.
    votes: tuple[int, int, int] | None


@dataclass(frozen=True, slots=True)
class Elected:
    """Who was chosen, for what, until when; without a name when they have left."""

    name: str
    office: str
    since_on: date
    until_on: date | None


@dataclass(frozen=True, slots=True)
class Signed:
    name: str
    role: str
    signed_at: datetime | None
    is_mine: bool


@dataclass(frozen=True, slots=True)
class Paper:
    """One version with everything that stands in it."""

    minutes: Minutes
    version: Version
    words: dict[str, str]
    decisions: list[Decision]
    chosen: list[Elected]
    signatures: list[Signed]
    writer: str


@dataclass(frozen=True, slots=True)
class Approval:
    proposal_id: int
    public_id: str
    words: str


def words_of(version: Version) -> dict[str, str]:
    facts = opening.opened(version.minutes.group_id, version.sealed, version.place)
    return {key: str(facts.get(key, "")) for key in ("opening", "reports", "other")}


def newest_of(actor: Person, minutes: Minutes) -> Version | None:
    """The newest version this person may read: a draft for the officers, what is signed for every member."""
    rows = minutes.versions.select_related("written_by").order_by("-number")
    if not policy.may_see_draft(actor, minutes):
        rows = rows.filter(state=State.SIGNED)
    found: Version | None = rows.first()
    if found is not None:
        found.minutes = minutes
    return found


def listed(actor: Person, group: Any) -> list[tuple[Minutes, Version]]:
    """The minutes of this group for this person, the newest meeting first."""
    is_officer = bool(policy.offices_of(actor, group))
    found = []
    rows = policy.visible_to(actor).filter(group=group).prefetch_related("versions__signatures")
    for each in rows:
        shown = [
            version
            for version in each.versions.all()
            if version.is_signed or is_officer or any(one.is_of(actor) for one in version.signatures.all())
        ]
        if shown:
            found.append((each, shown[-1]))
    return found


def paper_of(actor: Person, version: Version, rules: GroupRules) -> Paper:
    minutes = version.minutes
    signatures = version.signatures.select_related("person")
    return Paper(
        minutes=minutes,
        version=version,
        words=words_of(version),
        decisions=[_decision(each, minutes) for each in minutes.decisions.all()],
        chosen=[
            Elected(_name(each.person), label_of(each.role, rules), each.since_on, each.until_on)
            for each in minutes.chosen.select_related("person")
        ],
        signatures=[
            Signed(_name(each.person), label_of(each.role, rules), each.signed_at, each.is_of(actor))
            for each in signatures
        ],
        writer=_name(version.written_by),
    )


def _decision(row: Decided, minutes: Minutes) -> Decision:
    facts = opening.opened(minutes.group_id, row.sealed, row.place)
    shown = row.votes_yes is not None
    return Decision(
        str(facts.get("title", "")),
        str(facts.get("words", "")),
        [str(each) for each in facts.get("sentences", [])],
        row.passed,
        (row.votes_yes or 0, row.votes_no or 0, row.votes_aside or 0) if shown else None,
    )


def _name(person: Person | None) -> str:
    return person.name if person is not None and person.erased_at is None else ""


def label_of(role: str, rules: GroupRules) -> str:
    """What an office is called; nothing for a member whom the meeting chose."""
    known = rules.role_of(role)
    return known.label if known else "" if role == MEMBER else role


def approvals_for(minutes: Minutes, newest: Version) -> list[Approval]:
    """Motions that passed after these minutes were signed: one of them approves a correction."""
    return [
        Approval(row.pk, row.public_id, shown.words)
        for shown, row in decided_by(minutes.group)
        if row.state == ProposalState.PASSED
        and row.kind == ProposalKind.MOTION
        and newest.signed_at is not None
        and row.decided_at > newest.signed_at
    ]
