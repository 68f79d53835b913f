"""What is true of groups: what they are, who belongs where a list is kept, what they agreed, decide and pin."""

from companionway.groups.models import _walls  # noqa: F401
from companionway.groups.models._deciding import (
    Agreed,
    AgreementVersion,
    Poll,
    PollOption,
    Proposal,
    Voted,
)
from companionway.groups.models._groups import Group, GroupQuerySet, Kept, Meets, Membership, Waiting
from companionway.groups.models._leaving_out import LeftOut
from companionway.groups.models._reaching import OnTree
from companionway.groups.models._space import Pin, SpacePause, TalkWish
from companionway.groups.models._talking import TalkOfThree

__all__ = [
    "Agreed",
    "AgreementVersion",
    "Group",
    "GroupQuerySet",
    "Kept",
    "LeftOut",
    "Meets",
    "Membership",
    "OnTree",
    "Pin",
    "Poll",
    "PollOption",
    "Proposal",
    "SpacePause",
    "TalkOfThree",
    "TalkWish",
    "Voted",
    "Waiting",
]
