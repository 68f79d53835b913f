"""A programme's own way with groups: what its tradition leaves open can be said otherwise, and put back."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime
from functools import partial
from typing import Any

from django.db import transaction
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from companionway.foundation.events import announce
from companionway.foundation.policy import Refused, require
from companionway.people import group_forks, group_rules, policy, practice_models, queries
from companionway.people.events import ProgrammeForked
from companionway.people.models import Person, Programme

Edit = Callable[[dict[str, Any], str], dict[str, Any]]


@transaction.atomic
def change_groups(
    *, actor: Person, programme: Programme, said: Mapping[str, Any], now: datetime
) -> Programme:
    """Say otherwise how groups of this programme are: any of `group_forks.PLAIN`, sentences, words, levels, units;
    fewer kinds of group, and words that pass instead of words that are kept.

    Texts are kept in the language of the page. Refused: what the tradition never gives up, and what cannot both be so.
    """
    if not set(said) <= {*group_forks.LESS, *group_forks.PLAIN, *group_forks.SPOKEN}:
        raise Refused(_("This practice model never gives that up, so it cannot be changed here."))
    return _fork(actor, programme, lambda groups, language: group_forks.said(groups, language, said), now=now)


@transaction.atomic
def keep_less(
    *,
    actor: Person,
    programme: Programme,
    said: Mapping[str, Any],
    records: Collection[str] = (),
    now: datetime,
) -> Programme:
    """Less than the practice model: `said` of `group_forks.LESS`, and `records` of `group_forks.RECORDS` kept no more.

    What is kept already goes when its time is over. A record is not taken up again: people come because it is not kept.
    Raises Refused.
    """
    if not set(said) <= {*group_forks.LESS, "kept_because"} or not set(records) <= set(group_forks.RECORDS):
        raise Refused(_("This holds up what people have here, so it cannot be given up."))
    edit = partial(group_forks.said, more=said)
    return _fork(actor, programme, edit, ending=records, now=now)


@transaction.atomic
def change_group_roles(
    *, actor: Person, programme: Programme, roles: Sequence[Mapping[str, Any]], now: datetime
) -> Programme:
    """The service positions of groups: `roles` in order; without a key it is new, one that is not named goes."""
    return _fork(
        actor, programme, lambda groups, language: group_forks.with_roles(groups, language, roles), now=now
    )


@transaction.atomic
def change_format(
    *,
    actor: Person,
    programme: Programme,
    key: str,
    name: str,
    parts: Sequence[tuple[int | None, Mapping[str, Any]]],
    now: datetime,
) -> Programme:
    """How a meeting of this format goes: each part with the place it had before, None where it is new."""

    def edit(groups: dict[str, Any], language: str) -> dict[str, Any]:
        _known(groups, key)
        return group_forks.with_format(groups, language, key, name, parts)

    return _fork(actor, programme, edit, now=now)


@transaction.atomic
def copy_format(*, actor: Person, programme: Programme, key: str, name: str, now: datetime) -> Programme:
    """One more format, like this one to begin with."""

    def edit(groups: dict[str, Any], _language: str) -> dict[str, Any]:
        _known(groups, key)
        return group_forks.with_copy(groups, key, name)

    return _fork(actor, programme, edit, now=now)


@transaction.atomic
def remove_format(*, actor: Person, programme: Programme, key: str, now: datetime) -> Programme:
    """Take a format out; groups that used it go on with the first one."""

    def edit(groups: dict[str, Any], _language: str) -> dict[str, Any]:
        _known(groups, key)
        return group_forks.without_format(groups, key)

    return _fork(actor, programme, edit, now=now)


@transaction.atomic
def back_to_tradition(*, actor: Person, programme: Programme, item: str, now: datetime) -> Programme:
    """Put one item (see `group_forks.item_of`) back to what the practice model says, in every language."""
    shipped = practice_models.shipped_groups(programme.practice_model)

    def edit(groups: dict[str, Any], _language: str) -> dict[str, Any]:
        told = [group_rules.read(each, "en") for each in (groups, shipped)]
        if item not in {group_forks.item_of(path) for each in told for path in group_forks.items_of(each)}:
            raise Refused(_("There is nothing here to put back."))
        return group_forks.put_back(groups, shipped, item)

    return _fork(actor, programme, edit, now=now)


def _fork(
    actor: Person, programme: Programme, edit: Edit, *, ending: Collection[str] = (), now: datetime
) -> Programme:
    require(policy.may_administer(actor, programme))
    here = Programme.objects.select_for_update().get(pk=programme.pk)
    before = group_rules.data_of(here)
    if not before:
        raise Refused(_("This practice model has no groups."))
    language = (get_language() or "en").split("-")[0]
    after = edit(before, language)
    held = group_rules.held_in(here)
    if not all(group_rules.is_as_strict(key, after.get(key), value) for key, value in held.items()):
        raise Refused(_("This practice model never gives that up, so it cannot be changed here."))
    _no_more_than(queries.shipped_groups(here), after)
    _stands(after)
    kept = group_rules.records_of(here)
    records = {**kept, **dict.fromkeys(ending, False)}
    if wrong := group_rules.problems_of({"groups": after, "records": records}):
        raise Refused(_(wrong[0]))
    if before == after and records == kept:
        return here
    what = _changed(before, after) + [f"records.{key}" for key in records if records[key] != kept[key]]
    here.model_data = {**here.model_data, "groups": after, "records": records}
    columns = group_rules.columns_of(after)
    columns |= {practice_models.column_of(key): value for key, value in records.items()}
    for column, value in columns.items():
        setattr(here, column, value)
    here.save(update_fields=["model_data", *columns])
    announce(ProgrammeForked(actor_id=actor.pk, subject=f"programme:{here.pk}", what=what), at=now)
    return here


def _no_more_than(shipped: Mapping[str, Any], groups: Mapping[str, Any]) -> None:
    if not set(groups["kinds"]) <= set(shipped.get("kinds", ())):
        raise Refused(_("There can be fewer kinds of group than in the practice model, and no others."))
    if groups["shares"] == "kept" and shipped.get("shares") == "passing":
        raise Refused(_("This practice model never gives that up, so it cannot be changed here."))


def _changed(before: dict[str, Any], after: dict[str, Any]) -> list[str]:
    """Which items are said otherwise now in any language, in the order of the practice model; keys, never words."""
    found: dict[str, None] = {}
    for language in ("en", *sorted({*before.get("in", {}), *after.get("in", {})})):
        old, new = (group_forks.items_of(group_rules.read(each, language)) for each in (before, after))
        paths = (path for path in {**old, **new} if old.get(path) != new.get(path))
        found |= dict.fromkeys(map(group_forks.item_of, paths))
    return list(found)


def _stands(groups: Mapping[str, Any]) -> None:
    """What a page can leave out by mistake, each said in a sentence for the person at it."""
    formats, roles = groups["formats"], {each["key"] for each in groups["roles"]}
    if not formats:
        raise Refused(_("Groups need at least one meeting format. Add another one first."))
    if not all(form["parts"] for form in formats):
        raise Refused(_("A format needs at least one part with a title."))
    if not any(role.get("holds_frame") for role in groups["roles"]):
        raise Refused(_("Somebody must open and close meetings. Please tick it for one role."))
    if {part.get("role") or "" for form in formats for part in form["parts"]} - roles - {""}:
        raise Refused(_("A meeting format still names a role that would be gone. Change the format first."))


def _known(groups: Mapping[str, Any], key: str) -> None:
    if key not in {each["key"] for each in groups["formats"]}:
        raise Refused(_("There is no such format here any more."))
