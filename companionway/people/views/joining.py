"""Joining, one question a page. Until the last step the answers are in the session only."""

from __future__ import annotations

from typing import Any, Final

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_http_methods, require_safe

from companionway.foundation.policy import Refused
from companionway.people import attempts, passkeys, queries, services, sessions
from companionway.people.doors import address
from companionway.people.forms import AgeForm, ConsentForm, NameForm, PassphraseForm, ProgrammeChoiceForm
from companionway.people.http import SignedInRequest
from companionway.people.keys import Credential
from companionway.people.models import Person, Programme
from companionway.ui import easy

KEPT: Final = "joining"
STEPS: Final = 5


def answers(request: SignedInRequest) -> dict[str, Any]:
    kept = request.session.get(KEPT)
    return dict(kept) if isinstance(kept, dict) else {}


def _keep(request: SignedInRequest, **more: Any) -> None:
    request.session[KEPT] = {**answers(request), **more}


def _choose(request: SignedInRequest, programme: Programme) -> None:
    _keep(request, programme=programme.public_id, is_easy_first=programme.puts_easy_words_first)


def _begin_easily(request: SignedInRequest) -> None:
    """Once the programme is chosen, its way of saying things is that of the pages."""
    if answers(request).get("is_easy_first"):
        easy.begin(request)


def _page(request: SignedInRequest, form: forms.Form, step: int, **more: Any) -> HttpResponse:
    context = {"form": form, "step": step, "steps_all": STEPS, **more}
    return render(request, "people/join_step.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def name(request: SignedInRequest) -> HttpResponse:
    if request.user.is_authenticated:
        return redirect("home")
    form = NameForm(request.POST if request.method == "POST" else None, initial=answers(request))
    if form.is_bound and form.is_valid():
        _keep(request, name=form.cleaned_data["name"])
        return redirect("people:join_age")
    why = gettext("No e-mail, no telephone number, no proof. A name is enough.")
    return _page(request, form, 1, lead=why, suggestions=form.suggestions)


@require_http_methods(["GET", "POST"])
def age(request: SignedInRequest) -> HttpResponse:
    if "name" not in answers(request):
        return redirect("people:join")
    form = AgeForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        band = form.cleaned_data["age"]
        open_to = [] if band == "under" else queries.programmes_open_to(band)
        if band == "under" or (not open_to and band == "young"):
            request.session.flush()
            return redirect("people:join_elsewhere")
        _keep(request, age_band=band, programme="")
        if len(open_to) == 1:
            _choose(request, open_to[0])
            return redirect("people:join_consent")
        return redirect("people:join_programme")
    return _page(request, form, 2, back=address("people:join"))


@require_safe
def elsewhere(request: SignedInRequest) -> HttpResponse:
    return render(request, "people/join_elsewhere.html")


@require_http_methods(["GET", "POST"])
def programme(request: SignedInRequest) -> HttpResponse:
    if "age_band" not in answers(request):
        return redirect("people:join")
    programmes = queries.programmes_open_to(answers(request)["age_band"])
    if not programmes:
        return render(request, "people/join_closed.html")
    form = ProgrammeChoiceForm(request.POST if request.method == "POST" else None, programmes=programmes)
    if form.is_bound and form.is_valid():
        chosen = form.cleaned_data["programme"]
        _choose(request, next(each for each in programmes if each.public_id == chosen))
        return redirect("people:join_consent")
    return _page(request, form, 3, programmes=programmes, back=address("people:join_age"))


@require_http_methods(["GET", "POST"])
def consent(request: SignedInRequest) -> HttpResponse:
    if not answers(request).get("programme"):
        return redirect("people:join")
    _begin_easily(request)
    form = ConsentForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        _keep(request, consents=form.cleaned_data["purposes"])
        return redirect("people:join_way_in")
    why = gettext(
        "You can go on without any of these. Browsing and asking somebody yourself works either way."
    )
    return _page(
        request,
        form,
        4,
        lead=why,
        skip=address("people:join_way_in"),
        back=address("people:join_age"),
        chosen=queries.open_programmes().filter(public_id=answers(request)["programme"]).first(),
    )


@require_http_methods(["GET", "POST"])
def way_in(request: SignedInRequest) -> HttpResponse:
    kept = answers(request)
    if not kept.get("programme"):
        return redirect("people:join")
    _begin_easily(request)
    form = PassphraseForm(request.POST if request.method == "POST" else None, name=kept["name"])
    if form.is_bound and form.is_valid():
        try:
            joined = finish(request, passphrase=form.cleaned_data["new"])
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            response = redirect("people:way_back")
            attempts.mark_known(request, response, joined)
            return response
    context = {
        "form": form,
        "step": 5,
        "steps_all": STEPS,
        "name": kept["name"],
        "passkey_site": passkeys.site()[0],
    }
    return render(request, "people/join_way_in.html", context, status=422 if form.errors else 200)


def finish(request: SignedInRequest, *, passphrase: str = "", passkey: Credential | None = None) -> Person:
    """The one deed: from the answers in the session to a person who is signed in. Raises Refused."""
    kept = answers(request)
    chosen = queries.open_programmes().filter(public_id=kept.get("programme", "")).first()
    if chosen is None or not queries.is_name_free(kept.get("name", "")):
        raise Refused(gettext("Somebody here already has this name. Please choose another one."))
    request.session.pop(KEPT, None)
    joined = services.join(
        name=kept["name"],
        programme=chosen,
        age_band=kept["age_band"],
        language=(get_language() or "en").split("-")[0],
        time_zone=queries.organisation().time_zone,
        passphrase=passphrase,
        passkey=passkey,
        device=sessions.new_device(request),
        consents=kept.get("consents", []),
        now=request.now,
    )
    joined.is_strong = passkey is not None and passkey.is_verified
    sessions.hold(request, joined)
    return joined
