"""What a sentence does to the words in it: whom they are about, when, and whether they are meant.

Each scope is a small question about the words around a match. A match that a scope sets aside is kept, with the
name of the scope, so that whoever asks can see why nothing was raised. Source of the scopes: the project's design
for noticing words (who, when, negated, asked, reported, resource, supporter, bereavement).
"""

from __future__ import annotations

from collections.abc import Sequence

from companionway.reasoning.risk import trifles
from companionway.reasoning.risk.lexicon import Lexicon
from companionway.reasoning.risk.matching import Match, Told
from companionway.reasoning.risk.patterns import Sentence
from companionway.reasoning.risk.trifles import EXAGGERATED, OWN_DEATH

NEAR_NEGATION = 8
"""How many words before a match a `not` still reaches."""
ROUGH = frozenset(("abuse", "harm_to_others", "third_party"))
"""What teams and players do to each other."""


class Scopes:
    """The questions, asked of one message in one language."""

    def __init__(self, lexicon: Lexicon, message: Sequence[Told], tradition: str = "") -> None:
        self.lexicon, self.message = lexicon, message
        self.whole = 0
        for told in message:
            self.whole |= told.sentence.mask
        self.leaves_alone = lexicon.traditions.get(tradition, frozenset())

    def _bits(self, *names: str) -> int:
        return self.lexicon.bit(*names)

    def _anywhere(self, *names: str) -> bool:
        return bool(self.whole & self._bits(*names))

    def who(self, match: Match) -> str:
        """`self`, `you` or `third`: from the rule, a reflexive, or the nearest person before the match."""
        if match.rule.who:
            return match.rule.who
        here = match.told.sentence.here
        for who in ("self", "you", "third"):
            if match.touches(self._bits(f"{who}_reflexive")):
                told = who == "you" and match.told.sentence.first(self._bits("inner"), 0, match.end) >= 0
                return "self" if told else who
        own = match.rule.category in OWN_DEATH and match.touches(self._bits("self_subject", "mine"))
        if own and match.told.sentence.first(self._bits("asker"), 0, 2) < 0:
            return "self"
        first = match.spans[0]
        for place in [*range(first[0], first[1]), *range(first[0] - 1, -1, -1)]:
            for who in ("self", "you", "third"):
                if here[place] & self._bits(f"{who}_subject"):
                    return who
        return "self"

    def when(self, match: Match) -> str:
        """`past`, `hypothetical` or `now`."""
        if self._hypothetical(match):
            return "hypothetical"
        sentence = match.told.sentence
        told_then = self._in_clause(match, "told_then") or match.touches(self._bits("told_then"))
        goes_on = sentence.mask & self._bits("goes_on", "not_past")
        over = sentence.mask & self._bits("past") and self._anywhere("recovered")
        turned = told_then and (over or sentence.mask & self._bits("recovered"))
        if (turned or sentence.mask & self._bits("long_since")) and not goes_on:
            return "past"
        if self._in_clause(match, "now") or sentence.mask & self._bits("goes_on"):
            return "now"
        if sentence.mask & self._bits("past") and not sentence.mask & self._bits("not_past"):
            return "past"
        if sentence.mask & self._bits("recovered") or self._turns_later(match):
            return "past"
        if self._anywhere("not_past") or self._present(match):
            return "now"
        if self._anywhere("past", "recovered"):
            return "past"
        return "past" if told_then and self._better_elsewhere(match) and not self._anywhere("now") else "now"

    def _better_elsewhere(self, match: Match) -> bool:
        """Whether another clause or sentence speaks of a life that goes on."""
        bits = self._bits("better")
        if any(told.sentence.mask & bits for told in self.message if told is not match.told):
            return True
        sentence = match.told.sentence
        clauses = {sentence.clause[start] for start, _ in match.spans}
        return any(
            found & bits and clause not in clauses
            for found, clause in zip(sentence.here, sentence.clause, strict=True)
        )

    def _turns_later(self, match: Match) -> bool:
        """Whether what follows, in another clause, is set against it: `... ; these days I cook for friends`."""
        sentence = match.told.sentence
        later = sentence.first(self._bits("later"), match.end)
        return later >= 0 and sentence.clause[later] != sentence.clause[match.end - 1]

    def set_aside(self, match: Match, who: str, when: str) -> str:
        """The name of the first scope that sets the match aside, or nothing."""
        for name, holds in (
            ("negated", self.negated),
            ("idiom", self._idiom),
            ("voices", self._voices),
            ("asked", self._asked),
            ("media", self._reported),
            ("bereaved", self._bereaved),
            ("own", self._own),
            ("supporter", self._explained),
        ):
            if name not in match.rule.despite and holds(match):
                return name
        if when != "now" and when not in match.rule.despite:
            return when
        if who == "you" and "you" not in match.rule.despite:
            return "supporter"
        return ""

    def negated(self, match: Match) -> bool:
        """A `not` shortly before the match in its clause that is not part of it and not a turn of speech."""
        sentence = match.told.sentence
        if self._denied(match):
            return True
        own = {place for start, end in match.spans for place in range(start, end)}
        no, turned = self._bits("negation"), self._bits("not_a_negation")
        last = match.spans[-1][0]
        clause = sentence.clause[last]
        for place in range(max(match.start - NEAR_NEGATION, 0), last):
            if place in own or sentence.clause[place] not in (clause, sentence.clause[match.start]):
                continue
            meant = sentence.here[place] & no and not self._inside(sentence, place, turned)
            if meant and not self._over(sentence, place, match.start):
                return True
        return False

    def _over(self, sentence: Sentence, place: int, start: int) -> bool:
        """Whether the reach of a `not` has ended: `any more`, or an `I` that no `think` or `feel` carries it to."""
        if sentence.first(self._bits("closing"), place, start) >= 0:
            return True
        again = sentence.first(self._bits("self_subject"), place, start + 1)
        return again >= 0 and sentence.first(self._bits("carrying"), place, again) < 0

    def _inside(self, sentence: Sentence, place: int, bits: int) -> bool:
        """Whether a phrase of these classes covers the place."""
        for start in range(max(place - 4, 0), place + 1):
            if any(bits & found and end > place for end, found in sentence.ends[start].items()):
                return True
        return False

    def _idiom(self, match: Match) -> bool:
        """A turn of speech covers a matched word, or the threat hangs on a trifle."""
        sentence = match.told.sentence
        idiom = self._bits("idiom")
        places = (place for start, end in match.spans for place in range(start, end))
        if sentence.mask & idiom and any(self._inside(sentence, place, idiom) for place in places):
            return True
        if any(trifling(self._bits, match) for trifling in trifles.ALL):
            return True
        played = match.rule.category in ROUGH and sentence.mask & self._bits("sport")
        if played and not self._names_family(match):
            return True
        if match.rule.category == "abuse" and sentence.mask & self._bits("kindly"):
            return True
        trifle = bool(sentence.mask & self._bits("trifle"))
        if match.rule.vague and sentence.mask & self._bits("benign"):
            return True
        if match.rule.jest and (
            trifle or sentence.mask & self._bits("jest_reason") or self._anywhere("laugh")
        ):
            return True
        if match.rule.category not in EXAGGERATED or not trifle:
            return False
        hangs = sentence.first(self._bits("condition"))
        return self._anywhere("laugh") or 0 <= hangs < sentence.first(self._bits("trifle"), hangs)

    def _names_family(self, match: Match) -> bool:
        return match.touches(self._bits("family", "child", "reflexive"))

    def _denied(self, match: Match) -> bool:
        """Somebody asked, and the writer said no."""
        sentence = match.told.sentence
        asked, denied = sentence.first(self._bits("was_asked")), sentence.first(self._bits("denied"))
        here = match.rule.category in EXAGGERATED or match.rule.category == "third_party"
        if not here or asked < 0 or sentence.mask & self._bits("lied"):
            return False
        return asked < denied or self._denied_next(match.told)

    def _denied_next(self, told: Told) -> bool:
        """Whether the sentence after this one begins with a no."""
        bits = self._bits("denied_next")
        pairs = zip(self.message, self.message[1:], strict=False)
        return any(one is told and after.sentence.first(bits, 0, 1) == 0 for one, after in pairs)

    def _explained(self, match: Match) -> bool:
        """A supporter says what must be passed on and what they do if somebody tells them, or asks how bad it is."""
        sentence = match.told.sentence
        if sentence.mask & self._bits("measuring") and match.told.asks:
            return not self._speaks_of_writer(match)
        member = sentence.first(self._bits("if_a_member"), 0, match.start + 2) >= 0
        if not member and not sentence.mask & self._bits("limits"):
            return False
        return not match.touches(self._bits("self_subject", "self_reflexive"))

    def _asked(self, match: Match) -> bool:
        """A question to somebody else: nothing in the match speaks of the writer."""
        sentence = match.told.sentence
        asker = sentence.first(self._bits("asker"), 0, 2)
        if asker >= 0 or self._in_clause(match, "mirror"):
            said = match.told.quotes or self._in_clause(match, "saying")
            return said or not self._speaks_of_writer(match, self._end(sentence, max(asker, 0)))
        return match.told.asks and "question" not in match.rule.despite and not self._speaks_of_writer(match)

    def _end(self, sentence: Sentence, asker: int) -> int:
        """Where the longest opening question that begins here ends."""
        bits = self._bits("asker")
        return max((end for end, found in sentence.ends[asker].items() if found & bits), default=0)

    def _speaks_of_writer(self, match: Match, after: int = 0) -> bool:
        """Whether the match, or the clause before it from the place `after` on, has an `I` or a `my`."""
        if match.touches(self._bits("self_subject", "self_reflexive", "mine")):
            return True
        sentence = match.told.sentence
        bits = self._bits("self_subject", "mine")
        clause = sentence.clause[match.start]
        return any(
            sentence.here[place] & bits
            for place in range(max(match.start - NEAR_NEGATION, after), match.start)
            if sentence.clause[place] == clause
        )

    def _reported(self, match: Match) -> bool:
        """A film, a song, a course or a leaflet says it, not somebody here."""
        sentence = match.told.sentence
        if sentence.mask & self._bits("teaching") and (
            match.told.quotes or not self._speaks_of_writer(match) or self._in_clause(match, "saying")
        ):
            return True
        if not self._anywhere("fiction", "teaching"):
            return False
        if not self._speaks_of_writer(match):
            return True
        if self.who(match) == "third" and sentence.first(self._bits("fiction"), 0, match.start) >= 0:
            return True
        here = bool(sentence.mask & self._bits("fiction"))
        return here and (match.told.quotes or self._in_clause(match, "saying", "fictional"))

    def _bereaved(self, match: Match) -> bool:
        """Somebody has died, and it is grief that speaks."""
        if self.who(match) != "third":
            return False
        return self._anywhere("bereaved") or match.touches(self._bits("completed"))

    def _own(self, match: Match) -> bool:
        """Urging is said to somebody: what `I` do or take is not, unless a `you` stands beside it."""
        if match.rule.category != "encouragement" or match.touches(self._bits("to_you")):
            return False
        sentence = match.told.sentence
        clause, own = sentence.clause[match.start], self._bits("self_subject")
        return any(
            sentence.here[place] & own and sentence.clause[place] == clause for place in range(match.start)
        )

    def _voices(self, match: Match) -> bool:
        """Words that voices say, in a tradition that leaves those alone."""
        if "voices" not in self.leaves_alone:
            return False
        place = match.told.sentence.first(self._bits("voices"))
        return 0 <= place <= match.start

    def _hypothetical(self, match: Match) -> bool:
        sentence = match.told.sentence
        clause = sentence.clause[match.start]
        if sentence.first(self._bits("general_if"), 0, 2) >= 0 and not self._speaks_of_writer(match):
            return True
        bits, unsure = self._bits("supposing"), self._bits("unsure")
        return any(
            sentence.here[place] & bits
            for place in range(max(match.start - 4, 0), match.start + 1)
            if clause in (sentence.clause[place], sentence.clause[min(place + 1, match.start)])
            and not (place and sentence.here[place - 1] & unsure)
        )

    def _in_clause(self, match: Match, *names: str) -> bool:
        """Whether one of these classes begins in a clause that the match touches."""
        sentence = match.told.sentence
        bits = self._bits(*names)
        if not sentence.mask & bits:
            return False
        clauses = {sentence.clause[start] for start, _ in match.spans}
        return any(
            found & bits and clause in clauses
            for found, clause in zip(sentence.here, sentence.clause, strict=True)
        )

    def _present(self, match: Match) -> bool:
        """Whether the verb of the match speaks of this moment."""
        return self._in_clause(match, "present") and not self._in_clause(match, "past_verb")
