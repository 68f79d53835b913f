"""How a concern can end, as a table: key, and the words on screen. An organisation's own list would stand here."""

from __future__ import annotations

from typing import Any, Final

from django.utils.translation import gettext_lazy as _

OUTCOMES: Final[dict[str, Any]] = {
    "talked": _("Somebody talked with them, and they are supported"),
    "own_people": _("Their own people or plan carried it"),
    "more_support": _("They get more support here"),
    "outside_help": _("Help from outside was asked, with their yes"),
    "outside_help_anyway": _("Help from outside was asked without their yes, to keep somebody alive or safe"),
    "safeguarding": _("It goes on as safeguarding, kept apart"),
    "with_supporter": _("Looked into with somebody of the team"),
    "not_reached": _("They could not be reached; what was tried is written down"),
    "nothing_needed": _("Nothing more was needed"),
    "drill": _("A drill: everybody did what they would have done"),
}


def words_of(key: str) -> str:
    return str(OUTCOMES.get(key, ""))


def choices(*, is_drill: bool) -> list[tuple[str, Any]]:
    """A drill ends as a drill, and nothing else does."""
    return [(key, words) for key, words in OUTCOMES.items() if (key == "drill") == is_drill]
