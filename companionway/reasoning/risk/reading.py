"""A message as sentences of plain words, each remembering where it stood in the text as written.

Unicode is folded (NFKC, marks and invisible letters dropped, look-alikes of other alphabets), case is dropped,
contractions and text-speak are written out, letters set apart are put together. Linear in the length of the text.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final, Protocol

LOOK_ALIKES: Final = str.maketrans(
    "аеорсухіѕјԁһӏкмтвнαεοριντκυ", "aeopcyxisjdhlkmtbhaeopivtku", "\u00ad\u034f\ufe0f\ufe0e"
)
APOSTROPHES: Final = str.maketrans("’‘ʼ`´′", "''''''")
CAPITAL_I: Final = re.compile(r"(?<=[a-z])I+(?![A-Z])")
"""`kiII`: a capital I after a small letter is written for an l."""
WORD: Final = re.compile(r"[a-z0-9$@][a-z0-9'@$!*|+#€]*[a-z0-9@$*]|[a-z0-9]")
PIECE: Final = re.compile(rf"(?P<word>{WORD.pattern})|(?P<mark>[.!?…\n]+|[,;:()\"“”«»—–]+|\s-+\s)")
NEGATED: Final = re.compile(r"([a-z]+)n'?t")
ENDINGS: Final = {"m": "am", "re": "are", "ve": "have", "ll": "will", "d": "would"}
AFTER_IS: Final = frozenset(
    [
        "he",
        "she",
        "it",
        "that",
        "this",
        "what",
        "who",
        "there",
        "here",
        "where",
        "how",
        "when",
        "someone",
        "everyone",
        "nobody",
    ]
)
IRREGULAR: Final = {"ca": "can", "wo": "will", "sha": "shall", "ai": "am"}
BREAKS: Final = frozenset(["but", "although", "though", "however", "because", "cos", "whereas"])
JOINS: Final = frozenset(["and", "so", "then", "or", "while", "when", "if", "now"])
SUBJECTS: Final = frozenset(["i", "he", "she", "they", "we", "you", "it"])
MOST_SENTENCES: Final = 300
TIGHT_SIGNS: Final = frozenset("._/-~")
TIGHT: Final = frozenset([".", "..", ",", "…"])
MOST_WORDS: Final = 60
"""A sentence without an end is cut here."""


@dataclass(frozen=True, slots=True)
class Word:
    """One plain word: what it was read as, where it stands in the text, and whether it was a capitalised name."""

    plain: str
    start: int
    end: int
    clause: int
    named: bool


@dataclass(frozen=True, slots=True)
class Read:
    """One sentence: its words, and whether it asks or quotes."""

    words: tuple[Word, ...]
    asks: bool
    quotes: bool


def folded(text: str, pictures: Mapping[str, str]) -> tuple[str, list[int] | None]:
    """The text in plain small letters, and for each of them its place in `text` (None when they are the same).

    `pictures` maps an emoji to the word it stands for.
    """
    text = CAPITAL_I.sub(lambda found: "l" * len(found[0]), text)
    if text.isascii():
        return text.lower(), None
    letters: list[str] = []
    places: list[int] = []
    for place, sign in enumerate(text):
        if sign.isascii():
            plain = sign.lower()
        elif sign in pictures:
            plain = f" {pictures[sign]} "
        else:
            plain = (
                unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", sign))
                .lower()
                .translate(LOOK_ALIKES)
            )
            plain = "".join(one for one in plain if unicodedata.category(one) not in ("Mn", "Cf", "Me"))
        plain = plain.translate(APOSTROPHES)
        letters.append(plain)
        places.extend([place] * len(plain))
    return "".join(letters), places


def written_out(raw: str) -> tuple[str, ...]:
    """A contraction as its words: `can't` gives `can not`; anything else is one word without its apostrophes."""
    if "'" not in raw:
        return (raw,)
    if raw.endswith("n't"):
        stem = raw[:-3]
        return (IRREGULAR.get(stem, stem), "not")
    head, _, tail = raw.rpartition("'")
    if tail in ENDINGS and head:
        return (head.replace("'", ""), ENDINGS[tail])
    if tail == "s" and head:
        return (head, "is") if head in AFTER_IS else (head.replace("'", ""), "'s")
    return (raw.replace("'", ""),)


Plain = Callable[[str], tuple[str, ...]]


class Joined(Protocol):
    """Whether two pieces beside each other, `tight` with only a mark between them, are one word."""

    def __call__(self, one: str, two: str, *, tight: bool = False) -> bool: ...


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the text: a raw word, or a mark between words."""

    raw: str
    start: int
    end: int
    mark: bool = False


def read(
    text: str,
    plain: Plain,
    fillers: frozenset[str],
    pictures: Mapping[str, str],
    joined: Joined = lambda one, two, *, tight=False: False,
) -> list[Read]:
    """Sentences of a message, at most sixty words each; one more than `MOST_SENTENCES` says that there were others.

    `plain` gives the plain words of one raw word, `fillers` are left out, `pictures` maps an emoji to a word,
    `joined` says whether two pieces beside each other are one word.
    """
    small, places = folded(text, pictures)
    pieces = [
        Piece(found[0], found.start(), found.end(), found.lastgroup == "mark")
        for found in PIECE.finditer(small)
    ]
    reader = _Reader(text, places, plain, fillers)
    for piece in _halves_together(_undotted(_letters_together(pieces, small)), small, joined):
        if len(reader.done) > MOST_SENTENCES:
            break
        if piece.mark:
            reader.mark(piece.raw)
        else:
            reader.word(piece)
    reader.end(asks=False)
    return reader.done


def _letters_together(pieces: list[Piece], text: str) -> list[Piece]:
    """`d i e` and `k.i.l.l` become one piece; a real `i` or `a` before them stays apart."""
    done: list[Piece] = []
    place = 0
    while place < len(pieces):
        run = [pieces[place]]
        after = place + 1
        while len(run[-1].raw) == 1 and not run[-1].mark and after < len(pieces):
            tight = pieces[after].raw == "." and pieces[after].start == run[-1].end
            following = pieces[after + 1] if tight and after + 1 < len(pieces) else pieces[after]
            apart = following.start - run[-1].end
            if following.mark or len(following.raw) > 1 or apart > 1 or following.raw.isdigit():
                break
            if len(run) > 1 and text[run[0].end] != text[run[-1].end]:
                # `i k-i-l-l`: another mark begins another run.
                if len(run) == 2:
                    after -= 2 if text[run[0].end] == "." else 1
                    run.pop()
                break
            run.append(following)
            after += 2 if tight else 1
        if len(run) > 3 and run[0].raw in "iau":
            done.append(run.pop(0))
        if len(run) > 2:
            done.append(Piece("".join(one.raw for one in run), run[0].start, run[-1].end))
        else:
            done.extend(run)
        place = after
    return done


def _undotted(pieces: list[Piece]) -> list[Piece]:
    """Without the dots of `i.want.to.die`: where two in a row have a word close on both sides, they are spaces; and
    of `want. to. die. now.`, three with one word between them."""
    dots = [
        place
        for place in range(1, len(pieces) - 1)
        if pieces[place].raw in TIGHT
        and pieces[place].mark
        and not (pieces[place - 1].mark or pieces[place + 1].mark)
        and pieces[place - 1].end == pieces[place].start
        and pieces[place].end == pieces[place + 1].start
    ]
    among = set(dots)
    spaces = {place for place in dots if place - 2 in among or place + 2 in among}
    stops = [place for place, piece in enumerate(pieces) if piece.mark and set(piece.raw) == {"."}]
    for one, two, three in zip(stops, stops[1:], stops[2:], strict=False):
        if one + 2 == two and two + 2 == three:
            spaces |= {one, two}
    return [piece for place, piece in enumerate(pieces) if place not in spaces]


def _halves_together(pieces: list[Piece], text: str, joined: Joined) -> list[Piece]:
    """`sui cide` becomes one piece, and so does `my.self`."""
    done: list[Piece] = []
    for piece in pieces:
        last = done[-1] if done else None
        dotted = bool(last and last.mark and last.raw == "." and last.end == piece.start and len(done) > 1)
        if dotted and done[-2].end == done[-1].start and not done[-2].mark:
            last = done[-2]
        if last is None or last.mark or piece.mark:
            done.append(piece)
            continue
        tight = text[last.end : piece.start] in TIGHT_SIGNS
        if (not dotted or tight) and joined(last.raw, piece.raw, tight=tight):
            if dotted:
                done.pop()
            done[-1] = Piece(last.raw + piece.raw, last.start, piece.end)
        else:
            done.append(piece)
    return done


class _Reader:
    """Collects words into sentences while the pieces of a text go by."""

    def __init__(self, text: str, places: list[int] | None, plain: Plain, fillers: frozenset[str]) -> None:
        self.text, self.places = text, places
        self.plain, self.fillers = plain, fillers
        self.done: list[Read] = []
        self.words: list[Word] = []
        self.clause = 0
        self.quotes = False

    def word(self, piece: Piece) -> None:
        start, end = self._in_text(piece)
        named = bool(self.words) and self.text[start].isupper() and not self.text[start:end].isupper()
        plain = [
            one
            for whole in self.plain(piece.raw)
            for raw in written_out(whole)
            for one in self.again(raw, whole)
        ]
        for one in plain:
            if one in self.fillers:
                continue
            if self._begins_clause(one):
                self.clause += 1
            self.words.append(Word(one, start, end, self.clause, named))
        if len(self.words) >= MOST_WORDS:
            self.end(asks=False)

    def again(self, raw: str, whole: str) -> tuple[str, ...]:
        """The parts of a contraction are looked up once more: `nobody's` is `no one is`."""
        return (raw,) if raw == whole or raw == "'s" else self.plain(raw)

    def mark(self, raw: str) -> None:
        if raw == "\n" or not set(raw) & set(".!?…\n"):
            self.clause += 1
            self.quotes = self.quotes or bool(set(raw) & set(':"“”«»'))
        else:
            self.end(asks="?" in raw)

    def end(self, *, asks: bool) -> None:
        if self.words:
            self.done.append(Read(tuple(self.words), asks, self.quotes))
        self.words, self.clause, self.quotes = [], 0, False

    def _begins_clause(self, plain: str) -> bool:
        if not self.words:
            return False
        if plain in BREAKS:
            return True
        return plain in SUBJECTS and self.words[-1].plain in JOINS and self.words[-1].clause == self.clause

    def _in_text(self, piece: Piece) -> tuple[int, int]:
        if self.places is None:
            return piece.start, piece.end
        return self.places[piece.start], self.places[piece.end - 1] + 1
