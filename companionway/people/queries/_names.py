"""Which names are free, and a few to offer."""

from __future__ import annotations

import secrets
from collections.abc import Iterator

from companionway.people import codes, names
from companionway.people.models import Person
from companionway.people.queries._organisation import organisation

OFFERED = 3


def is_name_free(name: str) -> bool:
    """Whether nobody in this organisation has this name or one that looks just like it. Others' names stay unknown."""
    folded, looks = names.folded(name), names.skeleton(name)
    here = Person.objects.of(organisation())
    taken = here.filter(sign_in_name=folded)
    if looks:
        taken = taken | here.filter(skeleton=looks)
    return not taken.exists()


def free_names_like(name: str) -> list[str]:
    """Three free names near the one that was wished; two plain words when there was none."""
    wanted = {names.skeleton(each): each for each in _near(name)}
    here = Person.objects.of(organisation())
    taken = set(here.filter(skeleton__in=wanted).values_list("skeleton", flat=True))
    return [each for looks, each in wanted.items() if looks not in taken][:OFFERED]


def _near(name: str) -> Iterator[str]:
    for _ in range(OFFERED * 3):
        word = secrets.choice(codes.word_list()).title()
        yield f"{name[:40]} {word}" if name else f"{secrets.choice(codes.word_list()).title()} {word}"
