"""Names that people choose: how they are compared, and which would be taken for somebody else or for the team."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

# Letters of other scripts, and figures, that look like a Latin letter. Own list, enough to stop a copied name.
_LOOKS_LIKE: Final = str.maketrans(
    {
        **dict(zip("абвгеёзікмнопрстухцѕјԁһӏԛԝүѵ", "a6bree3ikmhonpctyxusjdhlqwyv", strict=True)),
        **dict(zip("αβγεζηικνορτυχωϲϳ", "abyezniknoptuxwcj", strict=True)),
        **dict(zip("ɑɡıɩʟոսօցհ", "agiilnuogh", strict=True)),
        **dict(zip("0134578$@!|", "oleastbsail", strict=True)),
        "ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ł": "l", "þ": "p",
    }
)  # fmt: skip
_PAIRS: Final = (("rn", "m"), ("vv", "w"), ("cl", "d"))
_NOT_LETTERS: Final = re.compile(r"[\W_]+")

# Words that would make somebody look like the team, an authority or a helpline. Whole words of a name.
_STAFF_WORDS: Final = """
admin administrator administrateur administration moderator mod moderation staff team official support
supporter coordinator coordination coordinateur coordinatrice manager helpdesk helpline hotline crisis emergency
samaritans safeguarding supervisor counsellor counselor therapist doctor dr nurse police nhs system
service security companionway equipe moderateur infirmier infirmiere medecin مشرف مدير فريق الدعم طبيب
"""
# Parts that are not a name whatever surrounds them.
_STAFF_PARTS: Final = ("administrat", "moderator", "coordinator", "helpline", "companionway", "samaritan")


def folded(name: str) -> str:
    """The form in which a name signs in: case and width do not matter."""
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())


def skeleton(name: str) -> str:
    """What is left of a name when all that looks alike is the same: names with one skeleton are confusable."""
    plain = unicodedata.normalize("NFKD", folded(name))
    plain = "".join(each for each in plain if unicodedata.category(each) not in {"Mn", "Cf", "Cc"})
    plain = _NOT_LETTERS.sub("", plain.translate(_LOOKS_LIKE))
    for pair, single in _PAIRS:
        plain = plain.replace(pair, single)
    return plain.replace("i", "l")[:80]


_STAFF: Final = frozenset(map(skeleton, _STAFF_WORDS.split()))
_PARTS: Final = tuple(map(skeleton, _STAFF_PARTS))


def sounds_official(name: str, service: str = "") -> bool:
    """Whether others could take this name for the team's, a helpline's or an authority's."""
    words = {skeleton(word) for word in _NOT_LETTERS.split(folded(name).translate(_LOOKS_LIKE))}
    whole = skeleton(name)
    if words & _STAFF or whole in _STAFF or any(part in whole for part in _PARTS):
        return True
    return bool(skeleton(service)) and skeleton(service) in whole


def has_letters(name: str) -> bool:
    """A name needs something that can be read aloud: a letter of any script."""
    return any(unicodedata.category(each)[0] == "L" for each in name)
