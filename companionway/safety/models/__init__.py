"""What keeps people safe: numbers to call, blocks, pairs never brought together, reports."""

from companionway.safety.models._apart import KEEP_APART, Block, KeepApartWish, KeptApart, KeptApartQuerySet
from companionway.safety.models._helplines import HelpLine, LineKind, LineTrouble
from companionway.safety.models._reports import Report, ReportQuerySet

__all__ = [
    "KEEP_APART",
    "Block",
    "HelpLine",
    "KeepApartWish",
    "KeptApart",
    "KeptApartQuerySet",
    "LineKind",
    "LineTrouble",
    "Report",
    "ReportQuerySet",
]
