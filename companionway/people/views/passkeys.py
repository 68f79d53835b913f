"""The JSON doors of the passkey ceremonies: options to make or show one, and the answer. POST only, with CSRF."""

from __future__ import annotations

import secrets
from typing import Any

from django.http import HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from companionway.foundation.policy import Refused, require
from companionway.people import attempts, passkeys, policy, services, sessions
from companionway.people.doors import address, next_of, signed_in
from companionway.people.http import SignedInRequest
from companionway.people.models import Passkey
from companionway.people.views.joining import answers, finish


def _options(content: str) -> HttpResponse:
    return HttpResponse(content, content_type="application/json")


def _says(words: str, status: int = 400) -> JsonResponse:
    return JsonResponse({"says": words}, status=status)


def _goes_to(where: str, **more: Any) -> JsonResponse:
    return JsonResponse({"to": where, **more})


@require_POST
def join_options(request: SignedInRequest) -> HttpResponse:
    name = answers(request).get("name")
    if not name:
        return _says(_("Please begin again: your answers were not kept."))
    return _options(passkeys.options_to_make(request, name, secrets.token_bytes(16), [], request.now))


@require_POST
def join(request: SignedInRequest) -> HttpResponse:
    try:
        made = passkeys.made(request, sessions.label_of(request), request.now)
        joined = finish(request, passkey=made)
    except Refused as refusal:
        return _says(str(refusal))
    response = _goes_to(address("people:way_back"))
    attempts.mark_known(request, response, joined)
    return response


@require_POST
def show_options(request: SignedInRequest) -> HttpResponse:
    return _options(passkeys.options_to_show(request, request.now))


@require_POST
def sign_in(request: SignedInRequest) -> HttpResponse:
    """In by passkey. It proves more than a passphrase when the device made sure who held it."""
    tried = attempts.attempt(request, "passkey", "")
    if attempts.is_too_many(tried):
        return _says(_("That was tried a few times just now. Please wait a quarter of an hour."), 429)
    try:
        kept, count, is_verified = passkeys.shown(request, request.now)
        services.use_passkey(actor=kept.person, passkey=kept, sign_count=count, now=request.now)
    except Refused as refusal:
        attempts.note_failure(tried)
        return _says(str(refusal))
    goes_to = next_of(request)
    is_shared = request.GET.get("shared") == "1"
    sessions.begin(request, kept.person, is_strong=is_verified, is_shared=is_shared, now=request.now)
    response = _goes_to(address("people:prove") if kept.person.must_prove else goes_to)
    attempts.mark_known(request, response, kept.person)
    return response


@signed_in
@require_POST
def prove(request: SignedInRequest) -> HttpResponse:
    """A passkey as the second proof after a passphrase: it must be one's own."""
    try:
        kept, count, _verified = passkeys.shown(request, request.now)
        require(policy.may_change_own(request.user, kept.person))
        services.use_passkey(actor=request.user, passkey=kept, sign_count=count, now=request.now)
    except Refused as refusal:
        return _says(str(refusal))
    goes_to = next_of(request)
    sessions.prove(request, request.user, request.now)
    return _goes_to(goes_to)


@signed_in
@require_POST
def add_options(request: SignedInRequest) -> HttpResponse:
    person = request.user
    kept = list(Passkey.objects.filter(person=person))
    return _options(
        passkeys.options_to_make(request, person.name, person.public_id.encode(), kept, request.now)
    )


@signed_in
@require_POST
def add(request: SignedInRequest) -> HttpResponse:
    try:
        require(policy.may_add_way_in(request.user))
        made = passkeys.made(request, sessions.label_of(request), request.now)
        services.add_passkey(actor=request.user, passkey=made, now=request.now)
    except Refused as refusal:
        return _says(str(refusal))
    if request.user.must_prove:
        sessions.prove(request, request.user, request.now)
    return _goes_to(address("people:ways_in"))
