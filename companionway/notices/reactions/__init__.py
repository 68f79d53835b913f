"""Who hears about what, from every room below."""

from companionway.notices.reactions import _finding, _safety, _talking, _walking

__all__ = ["_finding", "_safety", "_talking", "_walking"]
