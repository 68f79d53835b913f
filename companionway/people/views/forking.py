"""A programme's own way with groups: what differs from its practice model, and the pages to change it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from companionway.people import policy, queries, services
from companionway.people.forms import (
    FormatForm,
    GroupLessForm,
    GroupPlainForm,
    GroupRoleForm,
    GroupSentencesForm,
    GroupWordsForm,
    PartForm,
)
from companionway.people.group_rules import Format, GroupRules, held_in
from companionway.people.group_titles import TITLES
from companionway.people.http import SignedInRequest
from companionway.people.models import Programme
from companionway.people.views.admin import administers
from companionway.ui.deeds import said_yes, try_to
from companionway.ui.forms import KindForm

_Here = tuple[Programme, GroupRules]


def _programme(request: SignedInRequest, public_id: str) -> _Here:
    here = get_object_or_404(policy.programmes_visible_to(request.user), public_id=public_id)
    rules = GroupRules.of(here)
    if rules is None:
        raise Http404
    return here, rules


def _format(rules: GroupRules, key: str) -> Format:
    found = next((each for each in rules.formats if each.key == key), None)
    if found is None:
        raise Http404
    return found


@administers
@require_safe
def groups(request: SignedInRequest, public_id: str) -> HttpResponse:
    here, rules = _programme(request, public_id)
    context = {
        "programme": here,
        "rules": rules,
        "always": [TITLES[key] for key in held_in(here) if key in TITLES],
        "differences": queries.group_differences(here),
        "forks": queries.forks_of(here),
    }
    return render(request, "people/admin/groups.html", context)


def _one_form(
    request: SignedInRequest, here: Programme, form: KindForm, title: Any, said: Callable[[], dict[str, Any]]
) -> HttpResponse:
    """Show a form about groups, or keep what it says."""
    if form.is_bound and form.is_valid():
        done = said_yes(
            form,
            None,
            lambda: services.change_groups(actor=request.user, programme=here, said=said(), now=request.now),
        )
        if done:
            return redirect("people:admin_programme_groups", here.public_id)
    context = {"form": form, "programme": here, "title": title}
    return render(request, "people/admin/groups_form.html", context, status=422 if form.errors else 200)


@administers
@require_http_methods(["GET", "POST"])
def plain(request: SignedInRequest, public_id: str) -> HttpResponse:
    here, rules = _programme(request, public_id)
    data = request.POST if request.method == "POST" else None
    form = GroupPlainForm(data, rules=rules, held=held_in(here))
    return _one_form(request, here, form, _("How groups here are"), lambda: form.cleaned_data)


@administers
@require_http_methods(["GET", "POST"])
def less(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Less than the practice model: fewer kinds, words that pass, records kept no more."""
    here, rules = _programme(request, public_id)
    kept = queries.records_to_give_up(here)
    form = GroupLessForm(
        request.POST if request.method == "POST" else None,
        rules=rules,
        shipped=queries.shipped_groups(here),
        kept=kept,
    )
    if form.is_bound and form.is_valid():
        said, ending = form.said, form.cleaned_data.get("no_more", [])
        deed = partial(services.keep_less, actor=request.user, programme=here, now=request.now)
        if said_yes(form, None, lambda: deed(said=said, records=ending)):
            return redirect("people:admin_programme_groups", public_id)
    lead = _("Here you can only offer and keep less than the practice model does. More is never possible.")
    context = {"form": form, "programme": here, "title": _("Less than the practice model"), "lead": lead}
    return render(request, "people/admin/groups_form.html", context, status=422 if form.errors else 200)


@administers
@require_http_methods(["GET", "POST"])
def sentences(request: SignedInRequest, public_id: str) -> HttpResponse:
    here, rules = _programme(request, public_id)
    form = GroupSentencesForm(request.POST if request.method == "POST" else None, rules=rules)
    return _one_form(request, here, form, _("Sentences for groups"), lambda: form.cleaned_data)


@administers
@require_http_methods(["GET", "POST"])
def words(request: SignedInRequest, public_id: str) -> HttpResponse:
    here, rules = _programme(request, public_id)
    form = GroupWordsForm(request.POST if request.method == "POST" else None, rules=rules)
    return _one_form(request, here, form, _("Words for groups"), lambda: form.said)


@administers
@require_http_methods(["GET", "POST"])
def group_roles(request: SignedInRequest, public_id: str) -> HttpResponse:
    here, rules = _programme(request, public_id)
    data = request.POST if request.method == "POST" else None
    forms = [GroupRoleForm(data, prefix=role.key, role=role) for role in rules.roles]
    forms.append(GroupRoleForm(data, prefix="new"))
    valid = [form.is_valid() for form in forms]
    if data is not None and all(valid):
        named = [{"key": form.key, **form.cleaned_data} for form in forms if form.cleaned_data["label"]]
        done = said_yes(
            forms[-1],
            None,
            lambda: services.change_group_roles(
                actor=request.user, programme=here, roles=named, now=request.now
            ),
        )
        if done:
            return redirect("people:admin_programme_groups", public_id)
    wrong = any(form.errors for form in forms)
    context = {"forms": forms, "programme": here, "title": _("Roles in a group")}
    return render(request, "people/admin/groups_form.html", context, status=422 if wrong else 200)


@administers
@require_http_methods(["GET", "POST"])
def group_format(request: SignedInRequest, public_id: str, key: str) -> HttpResponse:
    here, rules = _programme(request, public_id)
    shown = _format(rules, key)
    data = request.POST if request.method == "POST" else None
    form = FormatForm(data, initial={"name": shown.name})
    forms = [
        PartForm(data, prefix=f"part{place}", rules=rules, part=part, place=place)
        for place, part in enumerate(shown.parts)
    ]
    forms.append(PartForm(data, prefix="new", rules=rules))
    valid = [each.is_valid() for each in (form, *forms)]
    if data is not None and all(valid):
        parts = [(each.place, each.cleaned_data) for each in forms if each.cleaned_data["title"]]
        name = form.cleaned_data["name"]
        deed = partial(services.change_format, actor=request.user, programme=here, now=request.now)
        if said_yes(form, None, lambda: deed(key=key, name=name, parts=parts)):
            return redirect("people:admin_programme_groups", public_id)
    wrong = any(each.errors for each in (form, *forms))
    context = {"form": form, "forms": forms, "programme": here, "title": _("Meeting format"), "shown": shown}
    return render(request, "people/admin/groups_form.html", context, status=422 if wrong else 200)


@administers
@require_POST
def copy_format(request: SignedInRequest, public_id: str, key: str) -> HttpResponse:
    here, rules = _programme(request, public_id)
    name = _("%(name)s, our way") % {"name": _format(rules, key).name}
    deed = partial(services.copy_format, actor=request.user, programme=here, now=request.now)
    try_to(request, lambda: deed(key=key, name=name), _("There is one more format now."))
    return redirect("people:admin_programme_groups", public_id)


@administers
@require_POST
def remove_format(request: SignedInRequest, public_id: str, key: str) -> HttpResponse:
    here, rules = _programme(request, public_id)
    _format(rules, key)
    deed = partial(services.remove_format, actor=request.user, programme=here, now=request.now)
    try_to(request, lambda: deed(key=key), _("Taken out."))
    return redirect("people:admin_programme_groups", public_id)


@administers
@require_POST
def put_back(request: SignedInRequest, public_id: str) -> HttpResponse:
    here, _rules = _programme(request, public_id)
    item = request.POST.get("item", "")
    deed = partial(services.back_to_tradition, actor=request.user, programme=here, now=request.now)
    try_to(request, lambda: deed(item=item), _("It is as the practice model says again."))
    return redirect("people:admin_programme_groups", public_id)
