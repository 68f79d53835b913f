"""What is true of meetings: series, their changes, the meetings themselves, and who holds what."""

from companionway.meetings.models._meetings import Change, Meeting
from companionway.meetings.models._series import Holds, Series

__all__ = ["Change", "Holds", "Meeting", "Series"]
