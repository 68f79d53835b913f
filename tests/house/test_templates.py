"""Pages keep the strict security policy: nothing inline, nothing from elsewhere, nothing unescaped."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.house.files import ours, shown

FORBIDDEN = {
    "inline style": re.compile(r"""\sstyle\s*=\s*["'{]""", re.I),
    "style element": re.compile(r"<style\b", re.I),
    "inline script": re.compile(r"""<script\b(?![^>]*\b(?:src=|type=["']application/(?:ld\+)?json))""", re.I),
    "inline handler": re.compile(r"""<[^>]*\son[a-z]+\s*=\s*["']""", re.I),
    "script address": re.compile(r"javascript:", re.I),
    "unescaped words": re.compile(r"\|\s*safe\b|autoescape\s+off|\|\s*safeseq\b"),
    "something from another site": re.compile(
        r"""<(?:script|img|iframe|audio|video|source|link|form)\b[^>]*\s(?:src|srcset|href|action)\s*=\s*["'](?:https?:)?//""",
        re.I,
    ),
    "a form without its token": re.compile(
        r"""<form\b[^>]*\bmethod\s*=\s*["']post["'][^>]*>(?:(?!csrf_token|</form>).)*</form>""", re.I | re.S
    ),
}


# Pressed by mail programs themselves (RFC 8058); the address carries its own signed token.
WITHOUT_A_FORM_TOKEN = {"companionway/notices/templates/notices/stop.html"}


def forbidden_parts(path: Path) -> list[str]:
    text = path.read_text()
    return [
        f"{shown(path)}:{text.count(chr(10), 0, found.start()) + 1}: {name}"
        for name, pattern in FORBIDDEN.items()
        for found in pattern.finditer(text)
        if not (name == "a form without its token" and shown(path) in WITHOUT_A_FORM_TOKEN)
    ]


def test_pages_keep_the_strict_policy() -> None:
    assert [fault for path in ours(".html", ".svg") for fault in forbidden_parts(path)] == []


@pytest.mark.parametrize(
    "sample",
    [
        '<p style="color: red">',
        "<style>p { color: red }</style>",
        "<script>alert(1)</script>",
        '<button onclick="go()">',
        '<a href="javascript:go()">',
        "{{ words|safe }}",
        "{% autoescape off %}",
        '<img alt="" src="https://example.org/pixel.gif">',
        '<link rel="stylesheet" href="//example.org/a.css">',
        '<form method="post"><button>Go</button></form>',
    ],
)
def test_each_forbidden_part_is_seen(sample: str, tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_text(sample)
    assert forbidden_parts(path) != []


def test_an_ordinary_page_is_left_in_peace(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_text(
        '<script type="module" src="{% static "ui/a.js" %}"></script><a href="https://example.org/">away</a>'
        '<form method="post" action="/go">{% csrf_token %}<button class="button">Go on</button></form>'
    )
    assert forbidden_parts(path) == []
