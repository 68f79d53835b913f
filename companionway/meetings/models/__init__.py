"""What is true of meetings: series, their changes, the meetings themselves, who holds what, and who asked to hear."""

from companionway.meetings.models._chosen import Chosen
from companionway.meetings.models._cover import Cover
from companionway.meetings.models._invited import Invited
from companionway.meetings.models._meetings import Change, Meeting
from companionway.meetings.models._places import Place
from companionway.meetings.models._series import Holds, Series

__all__ = ["Change", "Chosen", "Cover", "Holds", "Invited", "Meeting", "Place", "Series"]
