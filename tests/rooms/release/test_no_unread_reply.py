"""No unread reply reaches the member, by any path, whatever the trainee tries. Each seeded fault is seen."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from companionway.config import callers
from companionway.conversations import gated, gates, places
from companionway.conversations.models import Message
from companionway.conversations.writing import WRITER
from companionway.foundation import constraints, parts
from companionway.foundation.policy import YES
from companionway.release import gate, queries, spaces
from companionway.release.models import HeldReply
from companionway.release.states import ReplyState, Stage
from tests.cast import make_cast
from tests.rooms.release.machine import TraineeAndMember, TwoInAHeldPlace

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.once]
Fault = Callable[[pytest.MonkeyPatch], None]
WALLS = ("release_no_unread_reply", "release_no_unread_words")
QUIET = [HealthCheck.too_slow, HealthCheck.function_scoped_fixture, HealthCheck.data_too_large]
SEARCH = settings(
    max_examples=14, stateful_step_count=12, deadline=None, suppress_health_check=QUIET, database=None,
    derandomize=True, phases=[Phase.generate], print_blob=False,
)  # fmt: skip


@pytest.fixture(autouse=True)
def _people(transactional_db: None) -> None:
    callers.forget_all()
    make_cast()


@pytest.mark.parametrize("machine", [TraineeAndMember, TwoInAHeldPlace])
def test_no_unread_reply_reaches_the_member(machine: type[TraineeAndMember]) -> None:
    run_state_machine_as_test(machine, settings=SEARCH)


def without_the_last_wall(monkeypatch: pytest.MonkeyPatch) -> None:
    """The database's own rule would stop these faults by itself: here the paths have to show them."""
    with connection.cursor() as cursor:
        for wall in WALLS:
            for deed in ("insert", "update"):
                on = "" if connection.vendor == "sqlite" else " on conversations_message"
                name = f"{wall}_{deed}" if connection.vendor == "sqlite" else wall
                cursor.execute(f"drop trigger if exists {name}{on}")


@pytest.fixture
def _wall_again() -> Any:
    yield
    with connection.cursor() as cursor:
        for wall in WALLS:
            for statement in constraints._statements(constraints._nevers[wall], connection.vendor):
                cursor.execute(statement)


def skipped_on_the_form(monkeypatch: pytest.MonkeyPatch) -> None:
    """The live door asks; the service that forms use does not."""
    monkeypatch.setattr(places, "gated_in", lambda _conversation: frozenset())


def skipped_on_the_live_door(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gates, "whose", lambda *_: frozenset())


def skipped_everywhere_by_the_writer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gated, "writer_of", lambda *_: WRITER)


def skipped_on_edit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gates, "may_change", lambda *_: YES)


def skipped_on_a_change(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gates, "decide_change", lambda _changing: None)


def switched_off_is_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    """What waits when the place is switched off goes with the next try of the device."""
    plain = gate.decide
    let_all = {"decide": lambda sending: plain(sending) if spaces.why_held(sending.conversation_id) else None}
    broken = gates.Gate(**{each: getattr(gate.GATE, each) for each in gates.Gate.__slots__} | let_all)
    monkeypatch.setattr(gates, "_gates", [broken])


def shown_in_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    """The export gives a person every held reply of their conversations."""

    def part(person: Any) -> Any:
        rows = HeldReply.objects.filter(conversation__participants__person=person)
        return [queries.words_of(each) for each in rows]

    monkeypatch.setitem(parts._exports, "release", part)


def drawn_anew_each_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """Sending again draws again, and what waits or came back is forgotten."""
    tosses = itertools.cycle([True, False])
    monkeypatch.setattr(gate, "is_drawn", lambda *_: next(tosses))
    monkeypatch.setattr(queries, "is_any_waiting", lambda *_: False)
    monkeypatch.setattr(queries, "owes_another", lambda _last: False)


def forgotten_when_it_came_back(monkeypatch: pytest.MonkeyPatch) -> None:
    """A name that was given back or withdrawn is taken for a released one."""
    plain = gate.decide

    def decide(sending: Any) -> Any:
        ended = [ReplyState.SENT_BACK, ReplyState.WITHDRAWN]
        name = {"author": sending.author_id, "client_id": sending.client_id}
        return None if HeldReply.objects.filter(state__in=ended, **name).exists() else plain(sending)

    broken = gates.Gate(
        **{each: getattr(gate.GATE, each) for each in gates.Gate.__slots__} | {"decide": decide}
    )
    monkeypatch.setattr(gates, "_gates", [broken])


def sends(machine: TraineeAndMember, by_form: bool = True) -> None:
    machine.says(by_form=by_form, asks=False)


def and_decides(machine: TraineeAndMember, *, goes: bool) -> None:
    sends(machine)
    machine.the_mentor_decides(goes=goes)


def changes_what_went(machine: TraineeAndMember) -> None:
    and_decides(machine, goes=True)
    machine.change(Message.objects.filter(author=machine.theo).latest("pk"))


def tries_other_names(machine: TraineeAndMember) -> None:
    machine.mentors_sign_or_step_back(stage=Stage.SAMPLED)
    while not machine.waiting():
        sends(machine)
    for _ in range(4):
        machine.renames(machine.said[-1], True)


def comes_online_late(machine: TraineeAndMember) -> None:
    and_decides(machine, goes=False)
    machine.send(machine.said[0], False, False)


# Each fault, and the few steps after which it must show; the search above meets the same steps by itself.
FAULTS: list[tuple[Fault, Callable[[TraineeAndMember], None]]] = [
    (skipped_on_the_form, sends),
    (skipped_on_the_live_door, lambda machine: sends(machine, by_form=False)),
    (skipped_everywhere_by_the_writer, sends),
    (skipped_on_edit, changes_what_went),
    (shown_in_the_file, sends),
    (drawn_anew_each_time, tries_other_names),
    (forgotten_when_it_came_back, comes_online_late),
]


def changes_after_the_switch(machine: TraineeAndMember) -> None:
    assert isinstance(machine, TwoInAHeldPlace)
    machine.switches(is_on=False)
    sends(machine)
    machine.switches(is_on=True)
    machine.change(Message.objects.filter(author=machine.theo).latest("pk"))


def sends_again_after_the_switch(machine: TraineeAndMember) -> None:
    assert isinstance(machine, TwoInAHeldPlace)
    sends(machine)
    machine.switches(is_on=False)
    machine.send(machine.said[0], True, False)


PLACE_FAULTS: list[tuple[Fault, Callable[[TraineeAndMember], None]]] = [
    (skipped_on_the_form, sends),
    (skipped_on_the_live_door, lambda machine: sends(machine, by_form=False)),
    (skipped_everywhere_by_the_writer, sends),
    (skipped_on_a_change, changes_after_the_switch),
    (shown_in_the_file, sends),
    (switched_off_is_forgotten, sends_again_after_the_switch),
    (forgotten_when_it_came_back, comes_online_late),
]


def walk(steps: Callable[[TraineeAndMember], None], kind: type[TraineeAndMember]) -> None:
    machine = kind()
    steps(machine)
    machine.no_unread_message()
    machine.teardown()


@pytest.mark.usefixtures("_wall_again")
@pytest.mark.parametrize(
    ("kind", "fault", "steps"),
    [(TraineeAndMember, *each) for each in FAULTS] + [(TwoInAHeldPlace, *each) for each in PLACE_FAULTS],
    ids=lambda each: each.__name__,
)
def test_a_seeded_fault_is_seen(
    kind: type[TraineeAndMember],
    fault: Fault,
    steps: Callable[[TraineeAndMember], None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    walk(steps, kind)  # without the fault nothing is wrong with these steps
    without_the_last_wall(monkeypatch)
    fault(monkeypatch)
    with pytest.raises(AssertionError, match="unread words reached the member"):
        walk(steps, kind)
