"""When more is asked than can be answered: pages to read step back before deeds, and say so.

Refusing at once costs a fraction of a page, so those inside are still answered in good time. Whoever reads can come
back in a moment; whoever sends has words to lose, so deeds are let in four times as long. Help now refused here comes
from its file (`still`). Messages go through the lane, which has its own gate.
"""

from __future__ import annotations

from html import escape

from django.utils import translation
from django.utils.translation import gettext as _

from companionway.config.still import App, answer, languages_of
from companionway.foundation.live import Receive, Scope, Send

# At 20 to 40 pages a second, a queue of 48 is one to two seconds of waiting.
MOST_READS = 48
MOST_DEEDS = 4 * MOST_READS
COME_BACK_SECONDS = 10
READS = frozenset({"GET", "HEAD", "OPTIONS"})


def held(pages: App) -> App:
    """`pages`, entered by no more at once than can be answered."""
    inside = 0

    async def gate(scope: Scope, receive: Receive, send: Send) -> None:
        nonlocal inside
        # Styles and scripts are small and make the pages readable: they go with the deeds.
        is_read = scope["method"] in READS and not scope["path"].startswith("/static/")
        if inside >= (MOST_READS if is_read else MOST_DEEDS):
            return await _say_full(scope, send, is_read)
        inside += 1
        try:
            await pages(scope, receive, send)
        finally:
            inside -= 1

    return gate


async def _say_full(scope: Scope, send: Send, is_read: bool) -> None:
    with translation.override(languages_of(scope)[0]):
        body = _page(is_read)
    later = (b"retry-after", str(COME_BACK_SECONDS).encode())
    await answer(send, 503, body, later)


def _page(is_read: bool) -> bytes:
    title = _("Very many people are here right now")
    says = (
        _("Nothing was lost. Please try again in a few seconds.")
        if is_read
        else _(
            "This was not sent yet. Please go back: your words are still there. Try again in a few seconds."
        )
    )
    again = f'<p><a href="">{escape(_("Try again"))}</a>' if is_read else ""
    direction = "rtl" if translation.get_language_bidi() else "ltr"
    return (
        f'<!doctype html><html lang="{translation.get_language()}" dir="{direction}">'
        f'<meta name="viewport" content="width=device-width"><title>{escape(title)}</title>'
        f"<h1>{escape(title)}</h1><p>{escape(says)}{again}"
        f'<p><a href="/help-now/">{escape(_("Help now"))}</a></html>'
    ).encode()
