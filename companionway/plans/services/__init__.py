"""What people do with plans."""

from companionway.plans.services._reading import open_by_override, read_plan
from companionway.plans.services._sharing import share_parts, stop_shares, stop_shares_between
from companionway.plans.services._writing import write_part

__all__ = [
    "open_by_override",
    "read_plan",
    "share_parts",
    "stop_shares",
    "stop_shares_between",
    "write_part",
]
