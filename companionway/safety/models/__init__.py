"""What keeps people safe: numbers to call, blocks, pairs never brought together, reports."""

from companionway.safety.models._apart import KEEP_APART, Block, KeepApartWish, KeptApart
from companionway.safety.models._helplines import HelpLine, LineKind, LineTrouble
from companionway.safety.models._reports import Report

__all__ = [
    "KEEP_APART",
    "Block",
    "HelpLine",
    "KeepApartWish",
    "KeptApart",
    "LineKind",
    "LineTrouble",
    "Report",
]
