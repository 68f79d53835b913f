"""The pages of this room."""

from companionway.association.views._home import home, register
from companionway.association.views._reading import as_file, earlier, minutes, paper
from companionway.association.views._writing import begin, correct, set_aside, sign, signers, take_back, write

__all__ = [
    "as_file",
    "begin",
    "correct",
    "earlier",
    "home",
    "minutes",
    "paper",
    "register",
    "set_aside",
    "sign",
    "signers",
    "take_back",
    "write",
]
