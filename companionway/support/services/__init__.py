"""What can be done between two people. One call, one transaction: check, change, announce."""

from companionway.support.moving import OutOfDate
from companionway.support.services._again import walk_again
from companionway.support.services._ages import decide_on_ages, look_at_ages
from companionway.support.services._agreeing import accept_agreement, propose_agreement
from companionway.support.services._beginning import begin, say_we_met
from companionway.support.services._checking import answer_how_it_goes, ask_how_it_goes
from companionway.support.services._departing import part_after_leaving, step_apart
from companionway.support.services._ending import (
    ask_for_someone_else,
    end_relationship,
    say_goodbye,
    start_ending,
    take_ending_back,
)
from companionway.support.services._noting import look_at_note, write_note
from companionway.support.services._pausing import pause, resume

__all__ = [
    "decide_on_ages",
    "look_at_ages",
    "OutOfDate",
    "accept_agreement",
    "answer_how_it_goes",
    "ask_for_someone_else",
    "ask_how_it_goes",
    "begin",
    "end_relationship",
    "look_at_note",
    "part_after_leaving",
    "pause",
    "propose_agreement",
    "resume",
    "say_goodbye",
    "say_we_met",
    "start_ending",
    "step_apart",
    "take_ending_back",
    "walk_again",
    "write_note",
]
