"""Web push (RFC 8030, 8188, 8291, 8292): the push service carries a sealed body that it cannot read."""

from __future__ import annotations

import base64
import json
import logging
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from urllib.parse import urlsplit

import http_ece  # type: ignore[import-untyped]
import urllib3
from cryptography.hazmat.primitives.asymmetric import ec
from django.conf import settings

from companionway.notices.channels import _guard
from companionway.notices.channels._keys import vapid
from companionway.notices.channels._outcome import Outcome
from companionway.notices.channels._words import Words

logger = logging.getLogger(__name__)
TTL_SECONDS: Final = 24 * 60 * 60
TOKEN_SECONDS: Final = 12 * 60 * 60
_TIMEOUT: Final = urllib3.Timeout(connect=5, read=10)


@dataclass(frozen=True, slots=True)
class Subscription:
    """What a browser gives: where to send, its public key and its secret (base64url)."""

    endpoint: str
    p256dh: str
    auth: str

    def check(self) -> None:
        """Raises NotAllowed unless this can be used."""
        _guard.check_endpoint(self.endpoint)
        try:
            ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), _raw(self.p256dh))
            secret = _raw(self.auth)
        except ValueError as fault:
            raise _guard.NotAllowed from fault
        if len(secret) != 16:
            raise _guard.NotAllowed


def _raw(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def sealed_body(subscription: Subscription, words: Words) -> bytes:
    """The same neutral words as the e-mail's subject, and where to go; only that browser can open them."""
    payload = json.dumps({"title": words.subject, "path": urlsplit(words.url).path}).encode()
    sealed: bytes = http_ece.encrypt(
        payload,
        private_key=ec.generate_private_key(ec.SECP256R1()),
        dh=_raw(subscription.p256dh),
        auth_secret=_raw(subscription.auth),
        version="aes128gcm",
    )
    return sealed


def headers_for(endpoint: str, now: datetime) -> dict[str, str]:
    parts = urlsplit(endpoint)
    claims = {
        "aud": f"{parts.scheme}://{parts.hostname}",
        "exp": int(now.timestamp()) + TOKEN_SECONDS,
        "sub": _who_we_are(),
    }
    signed: dict[str, str] = vapid().sign(claims)
    return {
        **signed,
        "Content-Encoding": "aes128gcm",
        "Content-Type": "application/octet-stream",
        "TTL": str(TTL_SECONDS),
        # One name for all: a later notice takes the place of one that the device has not fetched yet.
        "Topic": "new",
        "Urgency": "normal",
    }


def _who_we_are() -> str:
    host = urlsplit(settings.PUBLIC_URL).hostname or "localhost"
    return f"https://{host}" if "." in host and not host[-1].isdigit() else "https://localhost"


def send_push(subscription: Subscription, words: Words, now: datetime) -> Outcome:
    """Hand one sealed body to the browser's push service. Endpoints never enter a log."""
    try:
        host, path = _guard.host_of(subscription.endpoint)
        _guard.check_endpoint(subscription.endpoint)
        address = _guard.addresses_of(host)[0]
        body, headers = sealed_body(subscription, words), headers_for(subscription.endpoint, now)
    except (_guard.NotAllowed, ValueError):
        return Outcome.GONE
    except OSError:
        return Outcome.TRY_AGAIN
    try:
        return outcome_of(_post(host, address, path, body, headers))
    except (urllib3.exceptions.HTTPError, OSError) as fault:
        logger.warning("a push could not be handed over: %s", type(fault).__name__)
        return Outcome.TRY_AGAIN


def _post(
    host: str,
    address: str,
    path: str,
    body: bytes,
    headers: dict[str, str],
    *,
    port: int = 443,
    trusting: str | None = None,
) -> int:
    """To the very address that was looked at, so that the name cannot point elsewhere a moment later."""
    with urllib3.HTTPSConnectionPool(
        address,
        port,
        maxsize=1,
        timeout=_TIMEOUT,
        retries=False,
        cert_reqs="CERT_REQUIRED",
        ca_certs=trusting,
        server_hostname=host,
        assert_hostname=host,
    ) as pool:
        answer = pool.request("POST", path, body=body, headers={**headers, "Host": host}, redirect=False)
        return int(answer.status)


def outcome_of(status: int) -> Outcome:
    if 200 <= status < 300:
        return Outcome.SENT
    if status in {404, 410}:
        return Outcome.GONE
    if status == 429 or status >= 500:
        return Outcome.TRY_AGAIN
    return Outcome.REFUSED
