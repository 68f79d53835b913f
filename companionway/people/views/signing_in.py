"""Coming in and going out."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from django.contrib import messages
from django.contrib.auth import authenticate
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from companionway.foundation.policy import Refused
from companionway.people import attempts, names, passkeys, queries, services, sessions
from companionway.people.doors import next_of, signed_in
from companionway.people.forms import OneTimeCodeForm, SignInForm, SixDigitsForm, WayBackForm
from companionway.people.http import SignedInRequest
from companionway.people.models import Authenticator, Passkey, Person
from companionway.ui.forms import KindForm

WAITS_FOR_DIGITS: Final = "waits_for_digits"
DIGITS_WITHIN: Final = timedelta(minutes=10)
CAME_BY_CODE: Final = "came_by_code"
NEW_PASSPHRASE_WITHIN: Final = timedelta(minutes=30)


def _show(request: SignedInRequest, page: str, form: KindForm, status: int = 200) -> HttpResponse:
    context = {"form": form, "next": next_of(request), "passkey_site": passkeys.site()[0]}
    return render(request, f"people/{page}.html", context, status=422 if form.errors else status)


def _slow_down(form: KindForm) -> None:
    form.add_error(
        None, _("That was tried a few times just now. Please wait a quarter of an hour, or use a passkey.")
    )


@require_http_methods(["GET", "POST"])
def sign_in(request: SignedInRequest) -> HttpResponse:
    # A page of a shared device left the screen, whatever another tab of it still does.
    is_over = request.method == "GET" and "again" in request.GET
    if request.user.is_authenticated and not (is_over and request.shared):
        return redirect(next_of(request))
    if is_over:
        messages.info(request, _("You were signed out in the meantime. Please sign in again."))
    form = SignInForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        tried = attempts.attempt(request, "passphrase", form.cleaned_data["name"])
        if attempts.is_too_many(tried):
            _slow_down(form)
            return _show(request, "sign_in", form)
        chosen = form.cleaned_data
        person = authenticate(request, name=chosen["name"], passphrase=chosen["passphrase"])
        if isinstance(person, Person):
            attempts.forget_failures(tried)
            return _come_in(request, person, is_shared=chosen["shared"])
        attempts.note_failure(tried)
        form.add_error(
            None, _("This name and this passphrase do not belong together. Please look at both again.")
        )
    return _show(request, "sign_in", form)


def _come_in(request: SignedInRequest, person: Person, *, is_shared: bool) -> HttpResponse:
    """A right proof: a code app is asked for its digits first, everybody else is in."""
    if Authenticator.objects.filter(person=person, confirmed_at__isnull=False).exists():
        request.session.cycle_key()
        waits = [person.pk, request.now.timestamp(), next_of(request), is_shared]
        request.session[WAITS_FOR_DIGITS] = waits
        return redirect("people:six_digits")
    goes_to = next_of(request)
    sessions.begin(request, person, is_strong=False, is_shared=is_shared, now=request.now)
    response = redirect("people:prove") if person.must_prove else redirect(goes_to)
    attempts.mark_known(request, response, person)
    return response


@require_http_methods(["GET", "POST"])
def six_digits(request: SignedInRequest) -> HttpResponse:
    """The second half of a sign-in with a code app."""
    waits = request.session.get(WAITS_FOR_DIGITS)
    if not waits or request.now.timestamp() - waits[1] > DIGITS_WITHIN.total_seconds():
        return redirect("people:sign_in")
    person = Person.objects.of(queries.organisation()).here().filter(pk=waits[0]).first()
    if person is None:
        return redirect("people:sign_in")
    form = SixDigitsForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid() and _digits_fit(request, person, form):
        request.session.pop(WAITS_FOR_DIGITS)
        sessions.begin(request, person, is_strong=True, is_shared=waits[3:] == [True], now=request.now)
        response = redirect(waits[2])
        attempts.mark_known(request, response, person)
        return response
    return _show(request, "six_digits", form)


def _digits_fit(request: SignedInRequest, person: Person, form: SixDigitsForm) -> bool:
    tried = attempts.attempt(request, "six_digits", person.sign_in_name)
    if attempts.is_too_many(tried):
        _slow_down(form)
        return False
    try:
        services.use_six_digits(actor=person, code=form.cleaned_data["code"], now=request.now)
    except Refused as refusal:
        attempts.note_failure(tried)
        form.add_error("code", str(refusal))
        return False
    attempts.forget_failures(tried)
    return True


@signed_in
@require_http_methods(["GET", "POST"])
def prove(request: SignedInRequest) -> HttpResponse:
    """The second proof in a session that began without one: staff roles count after it."""
    person = request.user
    has_app = Authenticator.objects.filter(person=person, confirmed_at__isnull=False).exists()
    has_passkey = Passkey.objects.filter(person=person).exists()
    if person.is_strong:
        return redirect(next_of(request))
    if not (has_app or has_passkey):
        return redirect("people:ways_in")
    form = SixDigitsForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid() and _digits_fit(request, person, form):
        goes_to = next_of(request)
        sessions.prove(request, person, request.now)
        return redirect(goes_to)
    context = {"form": form, "next": next_of(request), "has_app": has_app, "has_passkey": has_passkey}
    context["passkey_site"] = passkeys.site()[0]
    return render(request, "people/prove.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def way_back_in(request: SignedInRequest) -> HttpResponse:
    """In by the printed words. They are used up; the page shows the new ones, once."""
    form = WayBackForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        tried = attempts.attempt(request, "way_back", form.cleaned_data["name"])
        if attempts.is_too_many(tried):
            _slow_down(form)
            return _show(request, "way_back_in", form)
        person = (
            Person.objects.of(queries.organisation())
            .here()
            .filter(sign_in_name=names.folded(form.cleaned_data["name"]))
            .first()
            or Person()
        )
        try:
            fresh = services.use_way_back(actor=person, code=form.cleaned_data["code"], now=request.now)
        except Refused as refusal:
            attempts.note_failure(tried)
            form.add_error(None, str(refusal))
            return _show(request, "way_back_in", form)
        is_shared = form.cleaned_data["shared"]
        sessions.begin(request, person, is_strong=False, is_shared=is_shared, now=request.now)
        request.session[CAME_BY_CODE] = request.now.timestamp()
        response = render(
            request, "people/way_back_sheet.html", {"code": fresh, "person": person, "came_back": True}
        )
        attempts.mark_known(request, response, person)
        return response
    return _show(request, "way_back_in", form)


@require_http_methods(["GET", "POST"])
def open_with_code(request: SignedInRequest) -> HttpResponse:
    """A one-time code and a passphrase of one's own: for people on a roster and invited colleagues."""
    form = OneTimeCodeForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        tried = attempts.attempt(request, "code", "")
        if attempts.is_too_many(tried):
            _slow_down(form)
            return _show(request, "open_with_code", form)
        chosen = form.cleaned_data
        try:
            person = services.open_with_code(code=chosen["code"], passphrase=chosen["new"], now=request.now)
        except Refused as refusal:
            attempts.note_failure(tried)
            form.add_error("code", str(refusal))
        else:
            sessions.begin(request, person, is_strong=False, is_shared=chosen["shared"], now=request.now)
            return redirect("people:ways_in" if person.must_prove else "people:way_back")
    return _show(request, "open_with_code", form)


@signed_in
@require_POST
def stay(request: SignedInRequest) -> HttpResponse:
    """Somebody is still at this shared device: by asking they stay, and learn for how many seconds."""
    return JsonResponse({"left": request.shared.left if request.shared else None})


@require_POST
def sign_out(request: SignedInRequest) -> HttpResponse:
    if request.user.is_authenticated:
        key = str(request.session.session_key)
        services.sign_out(actor=request.user, session_key=key, now=request.now)
        request.session.flush()
    response = redirect("home")
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return response
