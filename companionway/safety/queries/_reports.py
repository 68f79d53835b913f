"""What can be reported, by whom, and who would read it."""

from __future__ import annotations

from dataclasses import dataclass

from companionway.people.models import Person, Programme, RoleHeld
from companionway.safety import extracts, policy
from companionway.safety.models import Report


@dataclass(frozen=True, slots=True)
class Reportable:
    """Something the actor can see and may report: whose it is, its words (or ""), where, and who would read it."""

    about: Person
    text: str
    programme: Programme
    readers: list[str]


def programme_between(actor: Person, person: Person) -> Programme | None:
    """The programme in which two people meet; for somebody of the whole organisation, the actor's own."""
    rows = RoleHeld.objects.filter(person=actor, programme__isnull=False).order_by("until_at", "pk")
    mine = list(rows.values_list("programme_id", flat=True))
    theirs = set(RoleHeld.objects.filter(person=person).values_list("programme_id", flat=True))
    shared = [each for each in mine if each in theirs] or (mine if None in theirs else [])
    if not shared and not mine:
        shared = sorted(each for each in theirs if each is not None)
    return Programme.objects.filter(pk=shared[0]).first() if shared else None


def reportable(actor: Person, subject: str) -> Reportable | None:
    """The thing behind "message:ID" or "person:ID" if the actor can see it and it is not their own; else None."""
    kind, _, identifier = subject.partition(":")
    text, programme = "", None
    if kind == "person":
        about = policy.people_within_reach(actor).filter(public_id=identifier).first()
        programme = programme_between(actor, about) if about else None
    else:
        extract = extracts.extract_of(actor, subject)
        about = (
            Person.objects.filter(pk=extract.about_person_id).exclude(pk=actor.pk).first()
            if extract
            else None
        )
        if extract:
            text, programme = extract.text, Programme.objects.filter(pk=extract.programme_id).first()
    if about is None or programme is None:
        return None
    would_be = Report(programme=programme, reporter=actor, about=about)
    readers = list(policy.answerers(would_be).order_by("name", "pk").values_list("name", flat=True))
    return Reportable(about, text, programme, readers)


def answerers_of(report_id: int) -> set[int]:
    """Ids of those who may read and answer this report; empty when everybody who could is concerned."""
    report = Report.objects.filter(pk=report_id).first()
    return set(policy.answerers(report).values_list("pk", flat=True)) if report else set()
