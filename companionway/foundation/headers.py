"""The headers every answer carries, whichever door gives it: pages, files, the live lane, Help now from its file."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any, Final

from django.conf import settings

Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]

ALWAYS: Final = {
    # Pages bring their own, wider one; what is no page may do nothing at all.
    "Content-Security-Policy": "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), browsing-topics=()",
    "X-Robots-Tag": "noindex",
    # Nothing that was shown to a person stays on the device, nor comes back with the "back" button.
    "Cache-Control": "no-store",
}


def expected() -> dict[str, str]:
    """What an answer gets when it does not say otherwise itself."""
    if not settings.SECURE_HSTS_SECONDS:
        return ALWAYS
    return {**ALWAYS, "Strict-Transport-Security": f"max-age={settings.SECURE_HSTS_SECONDS}"}


def completed(send: Send) -> Send:
    """The same door on the event loop, with what the answer's headers lack."""

    async def give(message: MutableMapping[str, Any]) -> None:
        if message["type"] == "http.response.start":
            held = list(message.get("headers", ()))
            said = {name.lower() for name, _ in held}
            wanted = ((name.lower().encode(), value.encode()) for name, value in expected().items())
            message = {**message, "headers": held + [each for each in wanted if each[0] not in said]}
        await send(message)

    return give
