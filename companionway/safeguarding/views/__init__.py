"""The doors: telling, one's own, the leads' records, duties."""

from companionway.safeguarding.views._arranging import arrangements, check_duty, duties
from companionway.safeguarding.views._reading import inside, paper, record, records
from companionway.safeguarding.views._telling import mine, tell, told
from companionway.safeguarding.views._working import work

__all__ = [
    "arrangements",
    "check_duty",
    "duties",
    "inside",
    "mine",
    "paper",
    "record",
    "records",
    "tell",
    "told",
    "work",
]
