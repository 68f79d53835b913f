"""What this room's pages and others ask."""

from companionway.moderation.queries._counts import Again, LogRow, again, log, log_csv
from companionway.moderation.queries._pages import (
    Home,
    PanelShown,
    Statement,
    asked_about_names,
    home_of,
    panel_of,
    panel_shown,
    seconds_of,
    statement_of,
    what_is_missing,
)

__all__ = [
    "Again",
    "Home",
    "LogRow",
    "PanelShown",
    "Statement",
    "again",
    "asked_about_names",
    "home_of",
    "log",
    "log_csv",
    "panel_of",
    "panel_shown",
    "seconds_of",
    "statement_of",
    "what_is_missing",
]
