"""One address, one door: where two rooms choose the same one, the lower room would answer for both."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from django.urls import get_resolver, path
from django.urls.resolvers import RegexPattern, URLResolver


def addresses(patterns: list[Any], before: str = "") -> Iterator[str]:
    for each in patterns:
        here = before + str(each.pattern)
        if hasattr(each, "url_patterns"):
            yield from addresses(each.url_patterns, here)
        else:
            yield here


def twice(resolver: URLResolver) -> list[str]:
    counted = Counter(addresses(resolver.url_patterns))
    return sorted(address for address, number in counted.items() if number > 1)


def test_no_two_doors_have_one_address() -> None:
    assert twice(get_resolver()) == []


def test_a_second_door_at_one_address_is_seen() -> None:
    door = path("desk/", lambda request: None)
    assert twice(URLResolver(RegexPattern(r"^/"), [door, door])) == ["desk/"]
