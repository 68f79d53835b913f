"""How pages look in this browser: six choices in one cookie, set without JavaScript and before sign-in."""

from dataclasses import asdict, dataclass, fields
from functools import lru_cache
from typing import Any

from django.http import HttpRequest
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

COOKIE = "look"
COOKIE_AGE_SECONDS = 365 * 24 * 60 * 60
LONGEST = 60

ALLOWED: dict[str, tuple[str, ...]] = {
    "theme": ("auto", "light", "dark"),
    "size": ("m", "l", "xl"),
    "contrast": ("auto", "more"),
    "spacing": ("auto", "wide"),
    "motion": ("auto", "less"),
    "reading": ("auto", "usual", "easy"),
}
DARK_MEDIA = {"auto": "(prefers-color-scheme: dark)", "light": "not all", "dark": "all"}


@dataclass(frozen=True)
class Look:
    """The choices. Every value is one of `ALLOWED`, whatever the cookie said."""

    theme: str = "auto"
    size: str = "m"
    contrast: str = "auto"
    spacing: str = "auto"
    motion: str = "auto"
    # Easy words and their layout; "auto" as the reader's programmes say.
    reading: str = "auto"

    @property
    def dark_media(self) -> str:
        """When the dark colours apply, as a media query for their stylesheet."""
        return DARK_MEDIA[self.theme]

    @property
    def attributes(self) -> SafeString:
        """What the page itself says of the look; the stylesheets go by it."""
        return _attributes(self)

    @property
    def cookie_value(self) -> str:
        return ".".join(getattr(self, field.name) for field in fields(self))


def chosen(values: dict[str, Any], base: Look | None = None) -> Look:
    """A look from loose values: what is not allowed is ignored and the base (or the default) stands."""
    kept = asdict(base or Look())
    for name, allowed in ALLOWED.items():
        if values.get(name) in allowed:
            kept[name] = values[name]
    return Look(**kept)


def look_of(request: HttpRequest) -> Look:
    """The look this browser asked for earlier."""
    return _read(request.COOKIES.get(COOKIE, "")[:LONGEST])


@lru_cache(maxsize=512)
def _read(cookie: str) -> Look:
    return chosen(dict(zip(ALLOWED, cookie.split("."), strict=False)))


@lru_cache(maxsize=512)
def _attributes(look: Look) -> SafeString:
    return format_html_join(" ", 'data-{}="{}"', asdict(look).items())
