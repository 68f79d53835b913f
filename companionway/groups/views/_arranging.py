"""For the team, and those who hold a group: begin it, change what it says of itself, positions, the end."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from companionway.groups import policy, queries, services
from companionway.groups.forms import GroupForm, PositionForm
from companionway.groups.views._found import arranged, rules_of
from companionway.people.doors import signed_in
from companionway.people.group_rules import GroupRules
from companionway.people.http import SignedInRequest
from companionway.people.models import Person, Programme
from companionway.people.names import folded
from companionway.ui.deeds import said_yes, try_to


@signed_in
@require_http_methods(["GET", "POST"])
def begin(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Begin a group in this programme."""
    me = request.user
    mine = Programme.objects.filter(pk__in=me.programmes_with(policy.ARRANGE))
    programme = get_object_or_404(mine, public_id=public_id)
    if (rules := GroupRules.of(programme)) is None:
        raise Http404
    form = GroupForm(request.POST or None, programme=programme, rules=rules)
    if request.method == "POST" and form.is_valid():
        says = form.says()
        group = said_yes(
            form,
            None,
            lambda: services.begin_group(actor=me, programme=programme, says=says, now=request.now),
        )
        if group:
            messages.success(request, _("The group has begun. Say next when it meets, and who holds it."))
            return redirect("groups:meets", group.public_id)
    context = {"form": form, "programme": programme}
    return render(request, "groups/begin.html", context, status=422 if form.errors else 200)


@signed_in
@require_http_methods(["GET", "POST"])
def change(request: SignedInRequest, public_id: str) -> HttpResponse:
    """What it says of itself."""
    group, me = arranged(request, public_id), request.user
    form = GroupForm(request.POST or None, programme=group.programme, rules=rules_of(group), group=group)
    if request.method == "POST" and form.is_valid():
        says = form.says()
        if said_yes(
            form, None, lambda: services.change_group(actor=me, group=group, says=says, now=request.now)
        ):
            return redirect("groups:group", public_id)
    context = {"form": form, "group": group}
    return render(request, "groups/change.html", context, status=422 if form.errors else 200)


@signed_in
@require_POST
def end(request: SignedInRequest, public_id: str) -> HttpResponse:
    group = arranged(request, public_id)
    try_to(
        request,
        lambda: services.end_group(actor=request.user, group=group, now=request.now),
        _("The group has ended."),
    )
    return redirect("groups:list")


def _person(request: SignedInRequest, name: str) -> Person | None:
    """By the name they use here; nobody is listed."""
    here = Person.objects.of(request.user.organisation_id).here()
    return here.filter(sign_in_name=folded(name)).first()


@signed_in
@require_http_methods(["GET", "POST"])
def positions(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Who holds what, since when, and whose turn ends."""
    group, me = arranged(request, public_id), request.user
    rules = rules_of(group)
    form = PositionForm(request.POST or None, rules=rules)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        person = _person(request, said["name"])
        if person is None:
            form.add_error("name", policy.nobody_of_this_name())
        elif said_yes(
            form,
            "name",
            lambda: (
                services.take_position(
                    actor=me, group=group, person=person, role=said["role"], now=request.now
                )
                or True
            ),
        ):
            return redirect("groups:positions", public_id)
    held = queries.holders_of(group, rules)
    context = {"group": group, "form": form, "held": held, "now": request.now}
    return render(request, "groups/positions.html", context, status=422 if form.errors else 200)


@signed_in
@require_POST
def step_down(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Lay a position down, or pass it on."""
    group, me = arranged(request, public_id), request.user
    held = queries.holders_of(group, rules_of(group))
    which = request.POST.get("which", "")
    found = next((each for each in held if f"{each.public_id}:{each.key}" == which), None)
    if found is None:
        raise Http404
    person = Person.objects.get(pk=found.person_id)
    try_to(
        request,
        lambda: (
            services.step_down(actor=me, group=group, person=person, role=found.key, now=request.now) or True
        ),
        _("Thank you to whoever held it."),
    )
    if person.pk == me.pk:
        return redirect("groups:list")
    return redirect("groups:positions", public_id)
