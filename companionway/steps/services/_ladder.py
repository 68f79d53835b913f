"""Writing in one's own book. Nothing is announced and no older version stays: a step back leaves no mark."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from companionway.foundation.models import new_public_id
from companionway.foundation.policy import Refused
from companionway.meetings import policy as meetings
from companionway.people.models import Person
from companionway.steps import policy
from companionway.steps.book import (
    MOST_OUTSIDE,
    MOST_STEPS,
    MOST_TRIES,
    Contact,
    Pages,
    Step,
    Try,
    open_book,
    seal_book,
)
from companionway.steps.models import Book


@transaction.atomic
def add_steps(
    *, actor: Person, words: Sequence[str], place: str = "", series: str = "", now: datetime
) -> list[Step]:
    """Put steps above those that are there, in this order. `series`: public id of a meeting's series, or nothing."""
    _look_at(actor, series)
    wanted = [each for each in words if each.strip()]
    if not wanted:
        raise Refused(_("Please write what the step is, or choose one."))
    new = [Step(new_public_id(), each, place, series) for each in wanted]

    def put(pages: Pages) -> Pages:
        if len(pages.steps) + len(new) > MOST_STEPS:
            raise Refused(_("A ladder has room for thirty steps. Please take one away first."))
        return replace(pages, steps=(*pages.steps, *new))

    _write(actor, put)
    return new


@transaction.atomic
def change_step(
    *, actor: Person, key: str, words: str, place: str = "", series: str = "", now: datetime
) -> None:
    """Say a step in other words, or lead it elsewhere. What was tried of it stays with it."""
    if not words.strip():
        raise Refused(_("Please write what the step is, or choose one."))

    def change(pages: Pages) -> Pages:
        step = _step(pages, key)
        if series != step.series:
            _look_at(actor, series)
        return pages.with_step(replace(step, words=words, place=place, series=series))

    _write(actor, change)


@transaction.atomic
def move_step(*, actor: Person, key: str, up: bool, now: datetime) -> None:
    """One rung up or down. At the end of the ladder it stays where it is."""

    def move(pages: Pages) -> Pages:
        steps = list(pages.steps)
        here = steps.index(_step(pages, key))
        there = min(max(here + (1 if up else -1), 0), len(steps) - 1)
        steps.insert(there, steps.pop(here))
        return replace(pages, steps=tuple(steps))

    _write(actor, move)


@transaction.atomic
def take_step_away(*, actor: Person, key: str, now: datetime) -> None:
    """The step goes, and every try of it."""
    _write(actor, lambda pages: replace(pages, steps=_without(pages.steps, _step(pages, key))))


@transaction.atomic
def keep_try(*, actor: Person, key: str, said: Try, now: datetime) -> None:
    """Keep how it went, or write it anew: the same key is the same try. Everything in it may be left out."""
    if not (said.before or said.did or said.after or said.noticed):
        raise Refused(_("Please write something, or leave it for another day."))

    def keep(pages: Pages) -> Pages:
        step = _step(pages, key)
        tries = tuple(said if each.key == said.key else each for each in step.tries)
        if said not in tries:
            tries = (*tries, said)
        if sum(len(each.tries) for each in pages.steps) - len(step.tries) + len(tries) > MOST_TRIES:
            raise Refused(_("There is no more room. Please take something older away first."))
        return pages.with_step(replace(step, tries=tries))

    _write(actor, keep)


@transaction.atomic
def take_try_away(*, actor: Person, key: str, entry: str, now: datetime) -> None:
    """One try goes; nothing says that it was there."""

    def take(pages: Pages) -> Pages:
        step = _step(pages, key)
        return pages.with_step(replace(step, tries=tuple(each for each in step.tries if each.key != entry)))

    _write(actor, take)


@transaction.atomic
def keep_contact(*, actor: Person, said: Contact, now: datetime) -> None:
    """Keep a contact outside, or write it anew: the same key is the same contact."""
    if not said.words.strip():
        raise Refused(_("Please write something, or leave it for another day."))

    def keep(pages: Pages) -> Pages:
        outside = tuple(said if each.key == said.key else each for each in pages.outside)
        if said not in outside:
            outside = (*outside, said)
        if len(outside) > MOST_OUTSIDE:
            raise Refused(_("There is no more room. Please take something older away first."))
        return replace(pages, outside=outside)

    _write(actor, keep)


@transaction.atomic
def take_contact_away(*, actor: Person, key: str, now: datetime) -> None:
    """One contact outside goes; nothing says that it was there."""
    _write(
        actor,
        lambda pages: replace(pages, outside=tuple(each for each in pages.outside if each.key != key)),
    )


@transaction.atomic
def take_everything_away(*, actor: Person, now: datetime) -> None:
    """The whole book goes. Agreements of two stay until either stops them."""
    policy.visible_to(actor).delete()


@transaction.atomic
def choose_device_copy(*, actor: Person, wanted: bool, now: datetime) -> None:
    """Whether the words of the steps go into the copy that one's own device keeps, where it keeps one."""
    _write(actor, lambda pages: replace(pages, on_device=wanted))


def tie(actor: Person, key: str, company: str) -> None:
    """Note in the book, and nowhere else, which step an agreement is for. In the transaction of the deed that asks."""
    _write(actor, lambda pages: pages.with_step(replace(_step(pages, key), company=company)))


def _write(actor: Person, deed: Callable[[Pages], Pages]) -> None:
    """The book under lock, one change, sealed anew. An empty book is no book."""
    book = policy.visible_to(actor).select_for_update().first()
    if book is None:
        made, _new = Book.objects.get_or_create(person=actor, defaults={"sealed": seal_book(actor, Pages())})
        book = policy.visible_to(actor).select_for_update().get(pk=made.pk)
    pages = deed(open_book(actor, book))
    if pages.is_empty:
        book.delete()
    else:
        book.sealed = seal_book(actor, pages)
        book.save(update_fields=["sealed"])


def _step(pages: Pages, key: str) -> Step:
    found = pages.step(key)
    if found is None:
        raise Refused(_("This step is not there any more."))
    return found


def _without(steps: tuple[Step, ...], gone: Step) -> tuple[Step, ...]:
    return tuple(each for each in steps if each.key != gone.key)


def _look_at(actor: Person, series: str) -> None:
    """Only to a meeting that one may enter."""
    if series and not meetings.enterable_by(actor).filter(public_id=series).exists():
        raise Refused(_("This meeting is not open to you."))
