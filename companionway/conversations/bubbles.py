"""One function draws a message, for the page and for the live frame alike."""

from __future__ import annotations

import re
import time
from collections.abc import Iterable
from datetime import UTC, date, datetime
from functools import lru_cache
from html import escape
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.conf import settings
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from companionway.conversations.states import LINES, MessageState
from companionway.ui.times import clock_words, day_words, moment_words

_HEAD = '<li class="msg {3}" id="m{0}" data-id="{0}" data-seq="{1}" data-day="{2}">'
_LINE = _HEAD + '<div class="words" dir="auto">{4}</div></li>'
_NAME = '<span class="vh">{0}: </span>'
_TIME = '<time datetime="{0}">{1}</time><span>{2}</span>'
_MORE = '{0}<span class="vh"> {1}</span>'
_NOTE = (
    '<details class="fold"><summary><svg class="icon" aria-hidden="true"><use href="{0}#eyeoff"/></svg>'
    '<span>{1} <bdi>{2}</bdi> <span class="show">{3}</span><span class="hide">{4}</span></span></summary>'
    '<div dir="auto">{5}</div></details>'
)
_ANCHOR = '<a href="{0}" rel="noopener noreferrer nofollow" target="_blank">{0}</a>'
_BREAK = mark_safe("<br>")
_GONE: dict[str, str] = {MessageState.ERASED: "erased", MessageState.TAKEN_AWAY: "taken_away"}
_SIDES = {True: mark_safe("me"), False: mark_safe("them")}
_LINK = re.compile(r"\bhttps?://[^\s<>\"']*[^\s<>\"'.,;:!?)\]]")


class Look(NamedTuple):
    """What a person's bubbles are drawn by."""

    language: str
    zone: str


class Shown(NamedTuple):
    """One message as the room knows it once its seal is open."""

    id: int
    seq: int
    conversation_id: int
    author_id: int | None
    client_id: str
    state: str
    sent_at: datetime
    changed_at: datetime | None
    facts: dict[str, str]

    @property
    def is_gone(self) -> bool:
        return self.state == MessageState.UNDONE

    def day(self, zone: str) -> date:
        return _day_in(int(self.sent_at.timestamp()) // 60, zone)


def draw(shown: Shown, *, viewer_id: int, names: dict[int, str], public_id: str, look: Look) -> SafeString:
    """The bubble as HTML; every word that came from a person is escaped where it comes in."""
    labels = _labels(look.language)
    if shown.author_id is None:
        day = shown.day(look.zone)
        return format_html(_LINE, shown.id, shown.seq, day, "system", line_words(shown.facts, look))
    mine = shown.author_id == viewer_id
    name = labels["you"] if mine else names.get(shown.author_id) or labels["left"]
    if shown.state != MessageState.HERE:
        key = _GONE.get(shown.state) or ("you_took_back" if mine else "took_back")
        side, day = "me withdrawn" if mine else "them withdrawn", shown.day(look.zone)
        return format_html(_LINE, shown.id, shown.seq, day, side, labels[key].replace("%s", name))
    words, note = _words(shown.facts.get("text", "")), shown.facts.get("note", "")
    if note:
        words = format_html(
            _NOTE, labels["icons"], labels["note"], note, labels["show"], labels["hide"], words
        )
    on, clock, more = _around(int(shown.sent_at.timestamp()) // 60, bool(shown.changed_at), look)
    # One piece at a time by hand: `format_html` took four fifths of the drawing, to look again at numbers and at
    # pieces that are safe already.
    return mark_safe(  # noqa: S308
        f'<li class="msg {_SIDES[mine]}" id="m{shown.id:d}" data-id="{shown.id:d}" data-seq="{shown.seq:d}" '
        f'data-day="{on}"><div class="words" dir="auto">{_called(name)}{words}</div>'
        f'<div class="meta">{clock}<a href="{_address(public_id)}{shown.id:d}/">{more}</a></div></li>'
    )


def draw_all(shown: Iterable[Shown], before: dict[int, SafeString], **drawing: Any) -> SafeString:
    """Bubbles one below the other, with what stands `before` some of them ({message id: HTML}); otherwise as `draw`."""
    # Joined by hand, for the same reason.
    return mark_safe("\n".join(before.get(each.id, "") + draw(each, **drawing) for each in shown))  # noqa: S308


@lru_cache(maxsize=4096)
def _called(name: str) -> SafeString:
    return format_html(_NAME, name)


@lru_cache(maxsize=4096)
def _around(minute: int, is_changed: bool, look: Look) -> tuple[str, SafeString, SafeString]:
    """The day, the time and the link under a bubble, the same for every message of that minute."""
    labels, at = _labels(look.language), _clock(minute, look)
    moment = datetime.fromtimestamp(minute * 60, tz=UTC)
    clock = format_html(
        _TIME, moment.isoformat(timespec="minutes"), at, labels["changed"] if is_changed else ""
    )
    more = format_html(_MORE, labels["more"], labels["about"].replace("%s", at))
    return moment.astimezone(_zone(look.zone)).date().isoformat(), clock, more


def line_words(facts: dict[str, str], look: Look) -> str:
    with translation.override(look.language), timezone.override(_zone(look.zone)):
        said = str(LINES.get(facts.get("line", ""), ""))
        by = facts.get("until", "")
        when = moment_words(datetime.fromisoformat(by), datetime.fromisoformat(by)) if by else ""
    return said % {"name": facts.get("name", ""), "reason": facts.get("reason", ""), "when": when}


def _words(text: str) -> SafeString:
    """Lines and links; what is only words is escaped at once."""
    if "://" not in text and "\n" not in text:
        return mark_safe(escape(text))  # noqa: S308
    return format_html_join(_BREAK, "{}", ((_linked(line),) for line in text.split("\n")))


def _linked(line: str) -> SafeString:
    plain, parts = 0, []
    for found in _LINK.finditer(line):
        parts += [("{}", line[plain : found.start()]), (_ANCHOR, found.group(0))]
        plain = found.end()
    parts.append(("{}", line[plain:]))
    return format_html_join("", "{}", ((format_html(shape, words),) for shape, words in parts))


def today_in(zone: str) -> date:
    """What day it is where the viewer is: live frames are drawn as they go out."""
    return _day_in(int(time.time()) // 60, zone)


@lru_cache(maxsize=4096)
def _day_in(minute: int, zone: str) -> date:
    return datetime.fromtimestamp(minute * 60, tz=_zone(zone)).date()


@lru_cache(maxsize=512)
def day_label(day: date, today: date, language: str) -> str:
    with translation.override(language):
        return day_words(day, today)


@lru_cache(maxsize=64)
def _labels(language: str) -> dict[str, str]:
    with translation.override(language):
        labels: dict[str, Any] = {
            "you": _("You"),
            "left": _("Someone who left"),
            "more": _("More"),
            "changed": _("Changed"),
            "note": _("Content note:"),
            "show": _("Show"),
            "hide": _("Hide"),
            "about": _("about the message of %s"),
            "took_back": _("%s took back a message."),
            "you_took_back": _("You took back a message."),
            "erased": _("The person who wrote this has left and deleted their words."),
            "taken_away": _("A message was taken away by the team."),
        }
    return {key: str(words) for key, words in labels.items()} | {"icons": static("ui/icons/icons.svg")}


@lru_cache(maxsize=4096)
def _clock(minute: int, look: Look) -> str:
    moment = datetime.fromtimestamp(minute * 60, tz=UTC)
    with translation.override(look.language), timezone.override(_zone(look.zone)):
        return clock_words(moment)


@lru_cache(maxsize=512)
def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        return ZoneInfo(settings.TIME_ZONE)


@lru_cache(maxsize=4096)
def _address(public_id: str) -> SafeString:
    return format_html("{}", reverse("conversations:talk", args=[public_id]))
