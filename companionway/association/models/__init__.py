"""What is true of an association: the minutes of its members' meetings, and who signed which version."""

from companionway.association.models import _walls  # noqa: F401
from companionway.association.models._minutes import Chosen, Decided, Minutes, Signature, Version

__all__ = ["Chosen", "Decided", "Minutes", "Signature", "Version"]
