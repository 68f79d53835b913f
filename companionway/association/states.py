"""How a version of the minutes may move. Drawn into the docs."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from django.db import models
from django.utils.translation import gettext_lazy as _

# The office that writes the minutes, and what a member signs as whom the meeting chose for it.
SECRETARY: Final = "secretary"
MEMBER: Final = "member"
# An election is spoken of this long before a term ends, so that it can stand on the order of the day.
# Source: our own rule; what a constitution says comes first.
ELECTION_NEAR: Final = timedelta(days=60)


class State(models.TextChoices):
    DRAFT = "draft", _("Being written")
    SIGNING = "signing", _("Waits to be signed")
    SIGNED = "signed", _("Signed")


MOVES: dict[str, frozenset[str]] = {
    State.DRAFT: frozenset({State.SIGNING}),
    # Back to the writer, without a signature, as long as not both have signed.
    State.SIGNING: frozenset({State.DRAFT, State.SIGNED}),
    # What is signed stays. A correction is another version, which a later meeting has approved.
    State.SIGNED: frozenset(),
}


class Term(models.TextChoices):
    """How it stands with an office."""

    RUNS = "runs", _("The term runs")
    NEAR = "near", _("An election is near")
    OVER = "over", _("An election is due")
    VACANT = "vacant", _("Nobody holds it: an election is due")
