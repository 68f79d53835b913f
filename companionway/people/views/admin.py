"""Setting up: programmes and their words, people and roles, hours. Nothing anybody wrote is on these pages."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from companionway.foundation.policy import Refused
from companionway.people import names, policy, practice_models, queries, roles, services
from companionway.people.doors import signed_in
from companionway.people.forms import (
    GiveRoleForm,
    HoursForm,
    InviteForm,
    NewProgrammeForm,
    OrganisationForm,
    ProgrammeForm,
    WordsForm,
)
from companionway.people.group_rules import GroupRules
from companionway.people.http import SignedInRequest
from companionway.people.models import RoleHeld

PEOPLE_ON_A_PAGE = 50


def administers(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """For administrators; to everybody else these pages do not exist."""

    @wraps(view)
    def door(request: SignedInRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.holds("people.administer"):
            raise Http404
        return view(request, *args, **kwargs)

    return signed_in(door)


def _refused(request: SignedInRequest, refusal: Refused) -> None:
    messages.warning(request, str(refusal))


@administers
@require_safe
def overview(request: SignedInRequest) -> HttpResponse:
    programmes = policy.programmes_visible_to(request.user).order_by("name", "pk")
    models = {model.key: model.name for model in practice_models.available()}
    shown = [(each, models.get(each.practice_model, each.practice_model)) for each in programmes]
    return render(
        request, "people/admin/overview.html", {"programmes": shown, "guards": policy.may_guard(request.user)}
    )


@administers
@require_http_methods(["GET", "POST"])
def new_programme(request: SignedInRequest) -> HttpResponse:
    form = NewProgrammeForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        chosen = dict(form.cleaned_data)
        ages = chosen.pop("ages")
        try:
            made = services.create_programme(
                actor=request.user,
                organisation=queries.organisation(),
                age_bands=ages,
                now=request.now,
                **chosen,
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("people:admin_programme", made.public_id)
    context = {"form": form, "models": practice_models.available()}
    return render(request, "people/admin/new_programme.html", context, status=422 if form.errors else 200)


@administers
@require_http_methods(["GET", "POST"])
def programme(request: SignedInRequest, public_id: str) -> HttpResponse:
    here = get_object_or_404(policy.programmes_visible_to(request.user), public_id=public_id)
    first = {name: getattr(here, name) for name in ("name", "summary", "first_word_hours")}
    form = ProgrammeForm(request.POST if request.method == "POST" else None, initial=first)
    if form.is_bound and form.is_valid():
        services.describe_programme(actor=request.user, programme=here, now=request.now, **form.cleaned_data)
        messages.success(request, _("Kept."))
        return redirect("people:admin_programme", public_id)
    model = practice_models.PracticeModel.of(here)
    context = {
        "form": form,
        "programme": here,
        "model": model,
        "differences": queries.differences(here),
        "has_groups": GroupRules.of(here) is not None,
        "group_differences": len(queries.group_differences(here)),
    }
    return render(request, "people/admin/programme.html", context, status=422 if form.errors else 200)


@administers
@require_POST
def open_or_close(request: SignedInRequest, public_id: str) -> HttpResponse:
    here = get_object_or_404(policy.programmes_visible_to(request.user), public_id=public_id)
    deed = services.close_programme if here.is_open else services.open_programme
    deed(actor=request.user, programme=here, now=request.now)
    return redirect("people:admin_programme", public_id)


@administers
@require_http_methods(["GET", "POST"])
def words(request: SignedInRequest, public_id: str) -> HttpResponse:
    here = get_object_or_404(policy.programmes_visible_to(request.user), public_id=public_id)
    form = WordsForm(request.POST if request.method == "POST" else None, programme=here)
    if form.is_bound and form.is_valid():
        services.change_words(actor=request.user, programme=here, words=form.cleaned_data, now=request.now)
        messages.success(request, _("Every page and notice of this programme now says it like this."))
        return redirect("people:admin_programme", public_id)
    context = {"form": form, "programme": here, "differences": queries.differences(here)}
    return render(request, "people/admin/words.html", context, status=422 if form.errors else 200)


@administers
@require_safe
def people(request: SignedInRequest) -> HttpResponse:
    asked = names.folded(request.GET.get("q", ""))[:80]
    found = policy.visible_to(request.user).order_by("name", "pk")
    if asked:
        found = found.filter(sign_in_name__contains=asked.replace("\0", ""))
    page = Paginator(found, PEOPLE_ON_A_PAGE).get_page(request.GET.get("page"))
    return render(request, "people/admin/people.html", {"page": page, "asked": asked})


@administers
@require_http_methods(["GET", "POST"])
def person(request: SignedInRequest, public_id: str) -> HttpResponse:
    them = get_object_or_404(policy.visible_to(request.user), public_id=public_id)
    programmes = list(policy.programmes_visible_to(request.user).order_by("name"))
    form = GiveRoleForm(request.POST if request.method == "POST" else None, programmes=programmes)
    if form.is_bound and form.is_valid():
        role = form.cleaned_data["role"]
        try:
            services.give_role(
                actor=request.user, person=them, role=role, programme=form.where, now=request.now
            )
        except Refused as refusal:
            _refused(request, refusal)
        return redirect("people:admin_person", public_id)
    subject = f"person:{them.pk}"
    services.record_read(actor=request.user, about=them, subject=subject, reason_key="roles", now=request.now)
    held = policy.roles_visible_to(request.user).filter(person=them).select_related("programme")
    shown = [
        (each, roles.TITLES.get(each.role, each.role)) for each in held.order_by("until_at", "-since_at")
    ]
    context = {"form": form, "them": them, "held": shown}
    return render(request, "people/admin/person.html", context, status=422 if form.errors else 200)


@administers
@require_POST
def age(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Somebody came of age, or had been written down wrongly."""
    them = get_object_or_404(policy.visible_to(request.user), public_id=public_id)
    try:
        band = request.POST.get("band", "")
        services.set_age_band(actor=request.user, person=them, band=band, now=request.now)
        messages.success(request, _("Kept. Coordinators are told where it matters."))
    except Refused as refusal:
        _refused(request, refusal)
    return redirect("people:admin_person", public_id)


@administers
@require_POST
def end_role(request: SignedInRequest, public_id: str, pk: int) -> HttpResponse:
    mine = policy.roles_visible_to(request.user).filter(person__public_id=public_id)
    held: RoleHeld = get_object_or_404(mine.select_related("programme"), pk=pk)
    try:
        services.end_role(actor=request.user, held=held, now=request.now)
    except Refused as refusal:
        _refused(request, refusal)
    return redirect("people:admin_person", public_id)


@administers
@require_http_methods(["GET", "POST"])
def invite(request: SignedInRequest) -> HttpResponse:
    """A new colleague: the code is in the answer to the POST and nowhere else."""
    programmes = list(policy.programmes_visible_to(request.user).order_by("name"))
    form = InviteForm(request.POST if request.method == "POST" else None, programmes=programmes)
    if form.is_bound and form.is_valid():
        name, role = form.cleaned_data["name"], form.cleaned_data["role"]
        try:
            code = services.invite(
                actor=request.user, name=name, role=role, programme=form.where, now=request.now
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            return render(request, "people/admin/invited.html", {"code": code, "name": name})
    context = {"form": form}
    return render(request, "people/admin/invite.html", context, status=422 if form.errors else 200)


@administers
@require_POST
def invite_again(request: SignedInRequest, public_id: str) -> HttpResponse:
    them = get_object_or_404(policy.visible_to(request.user), public_id=public_id)
    try:
        code = services.invite(actor=request.user, person=them, now=request.now)
    except Refused as refusal:
        _refused(request, refusal)
        return redirect("people:admin_person", public_id)
    return render(request, "people/admin/invited.html", {"code": code, "name": them.name})


@administers
@require_http_methods(["GET", "POST"])
def organisation(request: SignedInRequest) -> HttpResponse:
    here = queries.organisation()
    first = {name: getattr(here, name) for name in OrganisationForm.base_fields}
    form = OrganisationForm(request.POST if request.method == "POST" else None, initial=first)
    if form.is_bound and form.is_valid():
        try:
            services.describe_organisation(actor=request.user, facts=form.cleaned_data, now=request.now)
        except Refused as refusal:
            _refused(request, refusal)
        return redirect("people:admin_organisation")
    return render(
        request, "people/admin/organisation.html", {"form": form}, status=422 if form.errors else 200
    )


@administers
@require_http_methods(["GET", "POST"])
def hours(request: SignedInRequest) -> HttpResponse:
    here = queries.organisation()
    first = HoursForm.shown(here.opening_hours, here.holidays)
    form = HoursForm(request.POST if request.method == "POST" else None, initial=first)
    if form.is_bound and form.is_valid():
        holidays = form.cleaned_data["holidays"]
        try:
            services.set_hours(actor=request.user, hours=form.hours, holidays=holidays, now=request.now)
        except Refused as refusal:
            _refused(request, refusal)
        return redirect("people:admin_hours")
    return render(request, "people/admin/hours.html", {"form": form}, status=422 if form.errors else 200)
