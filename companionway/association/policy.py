"""Who reads an association's minutes, who writes and signs them, and who sees its register."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from companionway.association.models import Minutes, Version
from companionway.association.states import SECRETARY, State
from companionway.foundation.policy import YES, Verdict, no
from companionway.groups import policy as groups
from companionway.groups.states import WITH_A_LIST
from companionway.people.group_rules import GroupRules
from companionway.people.models import Person
from companionway.people.queries import is_stopped


def rules_of(group: Any) -> GroupRules | None:
    """What the tradition says, where it has a register and minutes; None where there is no association."""
    rules = GroupRules.of(group.programme) if group.has_list else None
    return rules if rules is not None and rules.keeps_minutes else None


def groups_of(actor: Person) -> QuerySet[Any]:
    """Groups of members to which this person belongs or in which they hold an office; also one that has ended."""
    seen = groups.visible_to(actor).filter(programme__keeps_register=True, kind__in=WITH_A_LIST)
    belongs = Q(pk__in=groups.visible_to(actor).filter(members__person=actor).values("pk"))
    return seen.filter(belongs | Q(pk__in=groups.holds(actor).values("group")))


def offices_of(actor: Person, group: Any) -> set[str]:
    """The elected offices they hold in this group now."""
    if (rules := rules_of(group)) is None:
        return set()
    held = groups.holds(actor, group=group).values_list("series__holders__role", flat=True)
    return {each.key for each in rules.roles if each.elected} & set(held)


def _led_by(actor: Person) -> set[int]:
    """Ids of the groups in which they hold an elected office."""
    held = groups.holds(actor, group__programme__keeps_register=True).select_related("group__programme")
    found = set()
    for meets, role in ((each, each.held_as) for each in held.annotate(held_as=F("series__holders__role"))):
        known = rules.role_of(role) if (rules := rules_of(meets.group)) else None
        if known is not None and known.elected:
            found.add(meets.group_id)
    return found


def visible_to(actor: Person) -> QuerySet[Minutes]:
    """Signed minutes for every member; those that are being written for the officers."""
    signed = Version.objects.filter(minutes=OuterRef("pk"), state=State.SIGNED)
    here = Minutes.objects.filter(group__in=groups_of(actor).values("pk"), cleared_at=None)
    return here.filter(Q(Exists(signed)) | Q(group__in=_led_by(actor)) | Q(pk__in=_to_sign(actor)))


def _to_sign(actor: Person) -> QuerySet[Any, Any]:
    """Whoever is asked to sign reads what they sign."""
    return Version.objects.filter(state=State.SIGNING, signatures__person=actor).values("minutes")


def may_view(actor: Person, minutes: Minutes) -> Verdict:
    if visible_to(actor).filter(pk=minutes.pk).exists():
        return YES
    return no(_("This is not open to you."))


def may_see_draft(actor: Person, minutes: Minutes) -> bool:
    """What is not signed yet is the officers', and theirs who are asked to sign it."""
    asked = Version.objects.filter(minutes=minutes, state=State.SIGNING, signatures__person=actor)
    return bool(offices_of(actor, minutes.group)) or asked.exists()


def may_see_register(actor: Person, group: Any) -> Verdict:
    """The officers, for whom it is kept. Everybody else sees their own entry."""
    if is_stopped(actor, group.programme_id) or not offices_of(actor, group):
        return no(_("The register is for the officers. You see your own entry."))
    return YES


def may_write(actor: Person, group: Any) -> Verdict:
    """The secretary; where a tradition elects none, every elected officer."""
    if (rules := rules_of(group)) is None:
        return no(_("Here no minutes are kept."))
    if not group.is_going_on:
        return no(_("This group has ended."))
    if is_stopped(actor, group.programme_id):
        return no(_("You take no part here at the moment. Your page says why and until when."))
    known, mine = rules.role_of(SECRETARY), offices_of(actor, group)
    has_secretary = known is not None and known.elected
    if mine and (not has_secretary or SECRETARY in mine):
        return YES
    return no(_("The secretary writes the minutes."))


def may_change(actor: Person, version: Version) -> Verdict:
    if version.state != State.DRAFT:
        return no(_("These minutes wait to be signed, or are signed. They are not changed now."))
    return may_write(actor, version.minutes.group)


def may_take_back(actor: Person, version: Version) -> Verdict:
    if version.state != State.SIGNING:
        return no(_("These minutes do not wait to be signed."))
    return may_write(actor, version.minutes.group)


def may_sign(actor: Person, version: Version) -> Verdict:
    """One of the two who were asked, once."""
    if version.state != State.SIGNING:
        return no(_("These minutes do not wait to be signed."))
    if is_stopped(actor, version.minutes.group.programme_id):
        return no(_("You take no part here at the moment. Your page says why and until when."))
    mine = [each for each in version.signatures.all() if each.is_of(actor)]
    if not mine or not groups_of(actor).filter(pk=version.minutes.group_id).exists():
        return no(_("Two others were asked to sign this."))
    if mine[0].signed_at is not None:
        return no(_("You have signed this already."))
    return YES


def may_correct(actor: Person, minutes: Minutes, newest: Version) -> Verdict:
    """A signed version, by another one: which decision of a later meeting approved it is asked as well."""
    if not newest.is_signed:
        return no(_("These minutes are not signed yet: they can still be changed."))
    return may_write(actor, minutes.group)
