"""What may be asked about plans."""

from companionway.plans.queries._others import (
    PlanForConcern,
    SharedWithMe,
    plan_for_concern,
    shared_between,
    shared_with,
)
from companionway.plans.queries._plans import (
    Contact,
    OverrideShown,
    PartShown,
    overrides_of,
    part_of,
    parts_open_to,
    plan_of,
)

__all__ = [
    "Contact",
    "OverrideShown",
    "PartShown",
    "PlanForConcern",
    "SharedWithMe",
    "overrides_of",
    "part_of",
    "parts_open_to",
    "plan_for_concern",
    "plan_of",
    "shared_between",
    "shared_with",
]
