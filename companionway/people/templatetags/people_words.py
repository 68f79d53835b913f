"""Keys of needs as words, for templates of every room."""

from __future__ import annotations

from collections.abc import Iterable

from django import template

from companionway.people import needs

register = template.Library()


@register.filter
def need_words(keys: Iterable[str]) -> list[str]:
    return [needs.words_of(key) for key in keys]
