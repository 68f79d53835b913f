"""E-mail by whichever backend the settings name (SMTP, or a mail service through Anymail)."""

from __future__ import annotations

import logging
from email.utils import make_msgid
from smtplib import SMTPException, SMTPRecipientsRefused
from urllib.parse import urlsplit

from anymail.exceptions import AnymailError, AnymailRecipientsRefused  # type: ignore[import-untyped]
from django.conf import settings
from django.core.mail import EmailMultiAlternatives

from companionway.meetings.queries import Letter
from companionway.notices.channels._outcome import Outcome
from companionway.notices.channels._words import Words

logger = logging.getLogger(__name__)


def composed(address: str, words: Words, letter: Letter | None = None) -> EmailMultiAlternatives:
    """One plain-text message: no picture, no tracking, stopped with one click in the mail program (RFC 8058).

    `letter`: beside the words, the same for a calendar (RFC 6047: one part, with its method in its type).
    """
    message = EmailMultiAlternatives(
        subject=words.subject,
        body=words.body,
        to=[address],
        headers={
            "List-Unsubscribe": f"<{words.stop_url}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
            "Auto-Submitted": "auto-generated",
            # Not the name of the machine, which may say whose it is.
            "Message-ID": make_msgid(domain=urlsplit(settings.PUBLIC_URL).hostname or "localhost"),
        },
    )
    if letter is not None:
        message.attach_alternative(letter.content.decode(), f"text/calendar; method={letter.method}")
    return message


def send_email(address: str, words: Words, letter: Letter | None = None) -> Outcome:
    """Hand one message over. Addresses never enter a log."""
    try:
        return Outcome.SENT if composed(address, words, letter).send() else Outcome.TRY_AGAIN
    except (SMTPRecipientsRefused, AnymailRecipientsRefused):
        return Outcome.REFUSED
    except (SMTPException, AnymailError, OSError) as fault:
        logger.warning("an e-mail could not be handed over: %s", type(fault).__name__)
        return Outcome.TRY_AGAIN
    except ValueError:  # an address or header that cannot be written
        return Outcome.REFUSED
