"""Noticing worrying words in a message, by rules that anyone can read.

`notice(text)` labels a *message* "now", "soon", "when you can" or nothing, or says that it was not checked, and gives
each reason with the words it saw. It never labels a person, keeps nothing, and acts on nothing: a human decides, and
the service is as safe without it. The words and rules of a language are data: `reasoning/data/risk/en.toml`.
See docs/decisions/0015-noticing-words.md.
"""

from companionway.reasoning.risk.lexicon import WrongLexicon, lexicon
from companionway.reasoning.risk.noticing import Hit, Label, Noticed, Seen, notice

__all__ = ["Hit", "Label", "Noticed", "Seen", "WrongLexicon", "lexicon", "notice"]
