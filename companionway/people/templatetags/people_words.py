"""Keys of needs as words, for templates of every room."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import template

from companionway.people import group_rules, needs
from companionway.people.group_titles import NEVER_ASKED
from companionway.people.models import Programme

register = template.Library()


@register.filter
def need_words(keys: Iterable[str]) -> list[str]:
    return [needs.words_of(key) for key in keys]


@register.inclusion_tag("people/parts/never_asked.html")
def never_asked(programme: Programme) -> dict[str, Any]:
    """What the practice model of this programme says is asked of nobody; nothing where it says nothing of it."""
    keys = group_rules.data_of(programme).get("never_asked", ())
    return {"never_asked": [NEVER_ASKED[key] for key in keys if key in NEVER_ASKED]}
