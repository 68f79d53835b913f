"""What can be done about places to work. One call, one transaction: check, change, announce."""

from companionway.placements.services._cover import (
    ask_staff,
    cover_day,
    lay_out_work_days,
    offer_cover,
    say_cannot_come,
)
from companionway.placements.services._placing import (
    Job,
    begin_own_job,
    begin_placement,
    begin_work,
    choose_holder,
    close_placement,
    end_work,
    say_interest,
)

__all__ = [
    "Job",
    "ask_staff",
    "begin_own_job",
    "begin_placement",
    "begin_work",
    "choose_holder",
    "close_placement",
    "cover_day",
    "end_work",
    "lay_out_work_days",
    "offer_cover",
    "say_cannot_come",
    "say_interest",
]
