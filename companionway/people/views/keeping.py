"""Devices and ways in; everything in one file; deleting everything; who has looked."""

from __future__ import annotations

import pyotp
import segno
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from companionway.foundation import parts
from companionway.foundation.policy import Refused
from companionway.people import attempts, passkeys, policy, queries, services, sessions
from companionway.people.doors import address, signed_in
from companionway.people.exporting import as_zip
from companionway.people.forms import DeleteForm, NewPassphraseForm, SixDigitsForm
from companionway.people.http import SignedInRequest
from companionway.people.models import Authenticator, Passkey
from companionway.people.views.signing_in import CAME_BY_CODE, NEW_PASSPHRASE_WITHIN


@signed_in
@require_safe
def devices(request: SignedInRequest) -> HttpResponse:
    mine = policy.devices_visible_to(request.user).order_by("-last_seen_on", "-signed_in_at")
    here = request.session.session_key
    return render(request, "people/devices.html", {"devices": mine, "here": here})


@signed_in
@require_POST
def end_device(request: SignedInRequest, public_id: str) -> HttpResponse:
    device = get_object_or_404(policy.devices_visible_to(request.user), public_id=public_id)
    is_here = device.session_key == request.session.session_key
    services.end_device(actor=request.user, device=device, now=request.now)
    if is_here:
        request.session.flush()
        return redirect("home")
    messages.success(request, _("Signed out there. It can show nothing new from now on."))
    return redirect("people:devices")


@signed_in
@require_POST
def end_all(request: SignedInRequest) -> HttpResponse:
    services.end_all_devices(actor=request.user, now=request.now)
    request.session.flush()
    response = redirect("people:sign_in")
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return response


@signed_in
@require_safe
def ways_in(request: SignedInRequest) -> HttpResponse:
    context = {
        "passkeys": Passkey.objects.filter(person=request.user).order_by("added_at"),
        "has_app": Authenticator.objects.filter(person=request.user, confirmed_at__isnull=False).exists(),
        "may_add": policy.may_add_way_in(request.user),
        "passkey_site": passkeys.site()[0],
    }
    return render(request, "people/ways_in.html", context)


@signed_in
@require_POST
def remove_passkey(request: SignedInRequest, pk: int) -> HttpResponse:
    kept = get_object_or_404(policy.passkeys_visible_to(request.user), pk=pk)
    try:
        services.remove_passkey(actor=request.user, passkey=kept, now=request.now)
    except Refused as refusal:
        messages.warning(request, str(refusal))
    return redirect("people:ways_in")


@signed_in
@require_http_methods(["GET", "POST"])
@sensitive_variables()
def passphrase(request: SignedInRequest) -> HttpResponse:
    person = request.user
    came_at = request.session.get(CAME_BY_CODE, 0)
    just_came = request.now.timestamp() - came_at < NEW_PASSPHRASE_WITHIN.total_seconds()
    asks = person.has_usable_password() and not just_came
    form = NewPassphraseForm(
        request.POST if request.method == "POST" else None, asks_present=asks, name=person.name
    )
    if form.is_bound and form.is_valid() and (not asks or _present_fits(request, form)):
        services.change_passphrase(
            actor=person,
            passphrase=form.cleaned_data["new"],
            keep_session=str(request.session.session_key),
            now=request.now,
        )
        request.session.pop(CAME_BY_CODE, None)
        sessions.hold(request, person)
        messages.success(request, _("Your new passphrase is set. Other devices were signed out."))
        return redirect("people:ways_in")
    context = {"form": form, "title": _("A new passphrase"), "back_to": address("people:ways_in")}
    return render(request, "people/form.html", context, status=422 if form.errors else 200)


def _present_fits(request: SignedInRequest, form: NewPassphraseForm) -> bool:
    tried = attempts.attempt(request, "passphrase", request.user.sign_in_name)
    if attempts.is_too_many(tried):
        form.add_error(None, _("That was tried a few times just now. Please wait a quarter of an hour."))
    elif not request.user.check_password(form.cleaned_data["now"]):
        attempts.note_failure(tried)
        form.add_error("now", _("This is not your present passphrase."))
    return not form.errors


@signed_in
@require_http_methods(["GET", "POST"])
def code_app(request: SignedInRequest) -> HttpResponse:
    """Set up an app that shows six digits: the picture to scan, the secret to type, a first code to confirm."""
    if Authenticator.objects.filter(person=request.user, confirmed_at__isnull=False).exists():
        return redirect("people:ways_in")
    form = SixDigitsForm(request.POST if request.method == "POST" else None)
    try:
        secret = services.prepare_authenticator(actor=request.user, now=request.now)
        if form.is_bound and form.is_valid():
            services.confirm_authenticator(
                actor=request.user, code=form.cleaned_data["code"], now=request.now
            )
            if not request.user.is_strong:
                sessions.prove(request, request.user, request.now)
            messages.success(request, _("Your app is set up."))
            return redirect("people:ways_in")
    except Refused as refusal:
        if not form.is_bound:
            messages.warning(request, str(refusal))
            return redirect("people:prove")
        form.add_error("code", str(refusal))
    context = {"form": form, "secret": secret, "picture": _picture(secret, request.user.name)}
    return render(request, "people/code_app.html", context, status=422 if form.errors else 200)


def _picture(secret: str, name: str) -> str:
    link = pyotp.TOTP(secret).provisioning_uri(name=name, issuer_name=queries.service_name())
    return str(segno.make(link).svg_data_uri(scale=5, border=3, dark="#000", light="#fff"))


@signed_in
@require_POST
def remove_code_app(request: SignedInRequest) -> HttpResponse:
    try:
        services.remove_authenticator(actor=request.user, now=request.now)
    except Refused as refusal:
        messages.warning(request, str(refusal))
    return redirect("people:ways_in")


@signed_in
@require_http_methods(["GET", "POST"])
def way_back(request: SignedInRequest) -> HttpResponse:
    """The printable way back. Its words are in the answer to the POST and nowhere else: only a hash is kept."""
    if request.method == "POST":
        code = services.new_way_back(actor=request.user, now=request.now)
        return render(request, "people/way_back_sheet.html", {"code": code, "person": request.user})
    return render(request, "people/way_back.html", {"goes_on": address("people:next")})


@signed_in
@require_safe
def goes_on(request: SignedInRequest) -> HttpResponse:
    """Where somebody who has just joined goes: the three doors, when that room is open."""
    return redirect(address("introductions:start", "home"))


@signed_in
@require_http_methods(["GET", "POST"])
def download(request: SignedInRequest) -> HttpResponse:
    if request.method == "GET":
        return render(request, "people/download.html")
    response = HttpResponse(as_zip(request.user, request.now), content_type="application/zip")
    response.headers["Content-Disposition"] = 'attachment; filename="everything.zip"'
    return response


@signed_in
@require_http_methods(["GET", "POST"])
def delete(request: SignedInRequest) -> HttpResponse:
    form = DeleteForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        proof = services.delete_everything(actor=request.user, now=request.now)
        request.session.flush()
        response = render(request, "people/deleted.html", {"proof": proof})
        response.delete_cookie(attempts.COOKIE)
        response.headers["Clear-Site-Data"] = '"cache", "storage"'
        return response
    context = {"form": form, "word": form.wanted(), "stays": parts.what_stays(request.user)}
    return render(request, "people/delete.html", context, status=422 if form.errors else 200)


@signed_in
@require_safe
def looked(request: SignedInRequest) -> HttpResponse:
    return render(request, "people/looked.html", {"reads": queries.reads_about(request.user)})
