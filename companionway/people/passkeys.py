"""The two ceremonies of a passkey. The challenge lives in the session, for five minutes and one use."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime, timedelta
from ipaddress import ip_address
from typing import Any, Final
from urllib.parse import urlsplit

import webauthn
from django.http import HttpRequest
from django.utils.translation import gettext as _
from webauthn.helpers import base64url_to_bytes, bytes_to_base64url
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from companionway.foundation.policy import Refused
from companionway.people.keys import Credential
from companionway.people.models import Passkey, Person
from companionway.people.queries import organisation, public_url

CHALLENGE_LASTS: Final = timedelta(minutes=5)
_KEPT: Final = "passkey_challenge"
LARGEST_ANSWER: Final = 20_000


def site() -> tuple[str, str]:
    """(this organisation's site name for passkeys, its address). A bare address of this machine is called localhost."""
    url = public_url(organisation())
    parts = urlsplit(url)
    host = parts.hostname or "localhost"
    if not _is_address(host):
        return host, url
    port = f":{parts.port}" if parts.port else ""
    return "localhost", f"{parts.scheme}://localhost{port}"


def _is_address(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return False
    return True


def options_to_make(
    request: HttpRequest, name: str, handle: bytes, kept: Sequence[Passkey], now: datetime
) -> str:
    """What the browser needs to make a passkey, as JSON."""
    rp_id, _origin = site()
    options = webauthn.generate_registration_options(
        rp_id=rp_id,
        rp_name=rp_id,
        user_id=handle,
        user_name=name,
        user_display_name=name,
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.REQUIRED,
            user_verification=UserVerificationRequirement.PREFERRED,
        ),
        exclude_credentials=[PublicKeyCredentialDescriptor(id=bytes(each.credential_id)) for each in kept],
    )
    _keep(request, options.challenge, now)
    return webauthn.options_to_json(options)


def options_to_show(request: HttpRequest, now: datetime) -> str:
    """What the browser needs to show a passkey: any of this site's, so no name is asked."""
    rp_id, _origin = site()
    options = webauthn.generate_authentication_options(
        rp_id=rp_id, user_verification=UserVerificationRequirement.PREFERRED
    )
    _keep(request, options.challenge, now)
    return webauthn.options_to_json(options)


def made(request: HttpRequest, label: str, now: datetime) -> Credential:
    """The passkey that was just made, verified. Raises Refused."""
    rp_id, origin = site()
    try:
        seen = webauthn.verify_registration_response(
            credential=_answer(request),
            expected_challenge=_take(request, now),
            expected_rp_id=rp_id,
            expected_origin=origin,
        )
    except (WebAuthnException, ValueError, KeyError, TypeError) as fault:
        raise Refused(_("The passkey could not be kept. Please try again.")) from fault
    return Credential(
        seen.credential_id, seen.credential_public_key, seen.sign_count, label, is_verified=seen.user_verified
    )


def shown(request: HttpRequest, now: datetime) -> tuple[Passkey, int, bool]:
    """(the kept passkey, its new count, whether its holder was verified) of what was shown. Raises Refused."""
    rp_id, origin = site()
    try:
        answer = _answer(request)
        challenge = _take(request, now)
        credential_id = base64url_to_bytes(str(answer["rawId"]))
        here = Person.objects.of(organisation()).here()
        kept = Passkey.objects.select_related("person").get(credential_id=credential_id, person__in=here)
        seen = webauthn.verify_authentication_response(
            credential=answer,
            expected_challenge=challenge,
            expected_rp_id=rp_id,
            expected_origin=origin,
            credential_public_key=bytes(kept.public_key),
            credential_current_sign_count=kept.sign_count,
        )
    except (WebAuthnException, ValueError, KeyError, TypeError, Passkey.DoesNotExist) as fault:
        raise Refused(_("This passkey cannot be used. Please choose another way in.")) from fault
    return kept, seen.new_sign_count, seen.user_verified


def _answer(request: HttpRequest) -> dict[str, Any]:
    if len(request.body) > LARGEST_ANSWER:
        raise ValueError("too long")
    answer = json.loads(request.body)
    if not isinstance(answer, dict):
        raise TypeError("not an object")
    return answer


def _keep(request: HttpRequest, challenge: bytes, now: datetime) -> None:
    request.session[_KEPT] = [bytes_to_base64url(challenge), now.timestamp()]


def _take(request: HttpRequest, now: datetime) -> bytes:
    challenge, kept_at = request.session.pop(_KEPT)
    if now.timestamp() - kept_at > CHALLENGE_LASTS.total_seconds():
        raise ValueError("too old")
    return base64url_to_bytes(challenge)
