"""The two: their agenda, what stays of their talks, and who else could be asked."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, F, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from companionway.foundation.sealing import PERSON, SealingKey, key_of, open_facts, preload_all
from companionway.people.models import Person, Programme
from companionway.reasoning.supervision import MOST_EACH
from companionway.supervision import policy
from companionway.supervision.models import Action, AgendaItem, Supervising, Supervision, Talk
from companionway.supervision.states import SUPERVISION_KEY, ItemKind, TalkState, Theme
from companionway.support import policy as support_policy

_WALK = "relationship:"


@dataclass(frozen=True, slots=True)
class Choice:
    """Somebody who could be asked to be one's practice supervisor."""

    person: Person
    has_lived_it: bool


@dataclass(frozen=True, slots=True)
class Held:
    """One person whom a supervisor is there for, and when their next talk is owed."""

    supervision: Supervision
    name: str
    due_on: date | None
    is_late: bool


@dataclass(frozen=True, slots=True)
class ItemShown:
    item: AgendaItem
    words: str
    is_mine: bool
    # The address of the walk it points at, for its writer alone.
    walk: str


@dataclass(frozen=True, slots=True)
class ActionShown:
    action: Action
    words: str
    is_mine: bool


@dataclass(frozen=True, slots=True)
class TalkShown:
    talk: Talk
    theme_keys: list[str]
    themes: list[str]
    words: str
    actions: list[ActionShown]
    waits_for_me: bool
    is_gone: bool


def current_of(person: Person | int, programme: Programme | int) -> Supervision | None:
    """Who holds this person here now."""
    rows = Supervision.objects.current().filter(supporter=person, programme=programme)
    return rows.select_related("programme", "supporter", "supervisor").first()


def pairs_of(person: Person) -> list[Supervision]:
    """Everybody who holds this person now, and whom they hold: both ends in one question."""
    rows = policy.visible_to(person).current().order_by("pk")
    return list(rows.select_related("programme", "supporter", "supervisor"))


def where_held(person: Person, pairs: list[Supervision]) -> list[tuple[Programme, Supervision | None]]:
    """Every programme in which this person supports or supervises, with who holds them there.

    `pairs` is what `pairs_of` says; programmes are asked for only where nobody holds them yet.
    """
    ids = {*person.programmes_with("support.accompany"), *person.programmes_with("supervision.hold")}
    held = {each.programme_id: each for each in pairs if each.supporter_id == person.pk}
    programmes = [
        each.programme for pk, each in held.items() if pk in ids and each.programme.coordinator_sees
    ]
    if missing := ids - set(held):
        programmes += Programme.objects.filter(pk__in=missing, coordinator_sees=True)
    return [(each, held.get(each.pk)) for each in sorted(programmes, key=lambda one: (one.name, one.pk))]


def held_by_me(actor: Person, pairs: list[Supervision], owed: dict[tuple[int, int], Any]) -> list[Held]:
    """The people this supervisor is there for: by the day the next talk is owed, then by name. No marks.

    `pairs` is what `pairs_of` says, `owed` what `people_owed` says of them.
    """
    shown = []
    for each in pairs:
        if each.supervisor_id != actor.pk:
            continue
        due = owed.get((each.supporter_id, each.programme_id))
        shown.append(Held(each, each.supporter.name, due.due_on if due else None, bool(due and due.is_late)))
    return sorted(shown, key=lambda one: (one.due_on or date.max, one.name.casefold()))


def supervising_of(person: Person, programme: Programme | int) -> Supervising | None:
    return Supervising.objects.filter(person=person, programme=programme).first()


def choices_for(person: Person, programme: Programme, *, other_than: int | None = None) -> list[Choice]:
    """Practice supervisors here with room for one more, those who have lived it first, then by name."""
    said = Supervising.objects.filter(programme=programme, person=OuterRef("pk"))
    held = Supervision.objects.current().filter(supervisor=OuterRef("pk")).order_by().values("supervisor")
    able: QuerySet[Any] = policy.supervisors_for(person, programme).annotate(
        lived=Subquery(said.values("has_lived_it")[:1]),
        most=Coalesce(Subquery(said.values("most")[:1]), MOST_EACH),
        takes=Coalesce(Subquery(said.values("takes_more")[:1]), True),
        carries=Coalesce(Subquery(held.annotate(n=Count("pk")).values("n")), 0),
    )
    able = able.filter(takes=True, carries__lt=F("most"))
    found = [Choice(each, bool(each.lived)) for each in able if each.pk != other_than]
    return sorted(found, key=lambda one: (not one.has_lived_it, one.person.name.casefold()))


def key_of_the_two(supervision: Supervision | int) -> SealingKey:
    return key_of(SUPERVISION_KEY, supervision if isinstance(supervision, int) else supervision.pk)


def agenda_of(supervision: Supervision, reader: Person) -> list[ItemShown]:
    """What waits to be talked about, as this reader may see it, oldest first."""
    rows = list(policy.items_visible_to(reader).filter(supervision=supervision, taken_up=None))
    ours = key_of_the_two(supervision) if any(row.is_shared for row in rows) else None
    own = key_of(PERSON, reader.pk) if any(not row.is_shared for row in rows) else None
    walks = _walk_addresses(rows, reader)
    shown = []
    for row in rows:
        key, is_mine = (ours if row.is_shared else own), row.author_id == reader.pk
        words = key.open(row.sealed, row.context) if key and row.sealed else ""
        shown.append(ItemShown(row, words, is_mine, walks.get(row.about, "") if is_mine else ""))
    return shown


def _walk_addresses(rows: Iterable[AgendaItem], reader: Person) -> dict[str, str]:
    """Only references are kept, and they open only for whoever may open the walk itself."""
    numbers = [row.about.removeprefix(_WALK) for row in rows if row.about.startswith(_WALK)]
    if not numbers:
        return {}
    walks = support_policy.walked_by(reader).filter(pk__in=[int(each) for each in numbers if each.isdigit()])
    return {f"{_WALK}{pk}": public_id for pk, public_id in walks.values_list("pk", "public_id")}


def has_waiting(supervision: Supervision, kind: ItemKind) -> bool:
    """Whether a line of this kind waits to be talked about."""
    return supervision.agenda.filter(kind=kind, taken_up=None).exists()


def supervisors_of(person_id: int) -> QuerySet[Person]:
    """Who holds this person now, in any programme."""
    current = Supervision.objects.current().filter(supporter_id=person_id)
    return Person.objects.filter(pk__in=current.values("supervisor"))


def supervised_by(person_id: int) -> QuerySet[Person]:
    """Whom this person holds now: the same from its other end."""
    current = Supervision.objects.current().filter(supervisor_id=person_id)
    return Person.objects.filter(pk__in=current.values("supporter"))


def open_talk(supervision: Supervision) -> Talk | None:
    """The one that waits for a yes."""
    return supervision.talks.filter(state=TalkState.WRITTEN).select_related("supervision").first()


def talk_shown(talk: Talk, reader: Person) -> TalkShown:
    """What stays of a talk, opened for one of the two."""
    key = key_of_the_two(talk.supervision_id) if talk.sealed else None
    return _shown(talk, talk.supervision, reader, key, talk.actions.all())


def talks_shown(supervision: Supervision, reader: Person) -> list[TalkShown]:
    """All that stays of the talks of these two, newest first."""
    rows = _with_actions(supervision)
    key = None
    if any(row.sealed for row, _actions in rows):
        # The agenda beside it has lines of the reader's own.
        preload_all([(SUPERVISION_KEY, supervision.pk), (PERSON, reader.pk)])
        key = key_of_the_two(supervision)
    return [_shown(row, supervision, reader, key, actions) for row, actions in rows]


def _with_actions(supervision: Supervision) -> list[tuple[Talk, list[Action]]]:
    """Every talk beside what the two said they would do, in one question."""
    fields = ("pk", "public_id", "who", "by_on", "sealed", "done_at")
    joined = supervision.talks.annotate(**{f"to_{name}": F(f"actions__{name}") for name in fields})
    found: dict[int, tuple[Talk, list[Action]]] = {}
    for row in joined.order_by("-held_on", "-pk", F("actions__by_on").asc(nulls_last=True), "actions__pk"):
        talk, actions = found.setdefault(row.pk, (row, []))
        said = {name: getattr(row, f"to_{name}") for name in fields}
        if said["pk"] is not None:
            actions.append(Action(talk=talk, **said))
    return list(found.values())


def _shown(
    talk: Talk,
    supervision: Supervision,
    reader: Person,
    key: SealingKey | None,
    actions: Iterable[Action],
) -> TalkShown:
    facts: dict[str, Any] = {}
    if key and talk.sealed:
        facts = open_facts(key, talk.sealed, talk.context) or {}
    side = supervision.side_of(reader)
    keys = [key for key in facts.get("themes", []) if key in Theme.values]
    return TalkShown(
        talk,
        keys,
        [str(Theme(key).label) for key in keys],
        facts.get("words", ""),
        [_action(row, supervision, reader, key) for row in actions],
        waits_for_me=not talk.is_signed and not talk.yes_of(side),
        is_gone=talk.sealed is None,
    )


def _action(row: Action, supervision: Supervision, reader: Person, key: SealingKey | None) -> ActionShown:
    words = key.open(row.sealed, row.context) if key and row.sealed else ""
    return ActionShown(row, words, row.who == supervision.side_of(reader))


def still_to_do(talks: Iterable[TalkShown]) -> list[ActionShown]:
    """What the two said they would do in these talks and have not ticked yet, soonest first."""
    found = [each for talk in talks if talk.talk.is_signed for each in talk.actions]
    left = [each for each in found if each.action.done_at is None and each.action.sealed is not None]
    return sorted(left, key=lambda each: (each.action.by_on or date.max, each.action.pk))
