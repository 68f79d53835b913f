"""The scans find nothing that is not explained, and each sees the fault it is for."""

from __future__ import annotations

import tomllib

import pytest

from scripts import scans

pytestmark = pytest.mark.once

ALLOWED = tomllib.loads(scans.ALLOWED.read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def found() -> dict[str, list[str]]:
    return scans.findings()


@pytest.mark.parametrize("scan", ["secrets", "templates", "marks", "sql", "bandit"])
def test_nothing_is_found_that_is_not_explained(found: dict[str, list[str]], scan: str) -> None:
    assert [each for each in found[scan] if not scans.is_allowed(each, ALLOWED.get(scan, []))] == []


def test_everything_allowed_says_why() -> None:
    assert all(len(each["because"]) > 20 for rules in ALLOWED.values() for each in rules)


@pytest.mark.parametrize(
    "line",
    [
        "-----BEGIN " + "PRIVATE KEY-----",
        "aws = AKIA" + "ABCDEFGHIJKLMNOP",
        "ghp_" + "a1B2" * 9,
        'SECRET_KEY = "' + "x7Kq9mZ2pL4vT8wR1nB5" + '"',
        "postgres://us" + "er:hunter2x@db/name",
    ],
)
def test_a_planted_secret_is_seen(line: str) -> None:
    assert scans.secrets_in("planted.py", line)


@pytest.mark.parametrize(
    "line", ['name = "passphrase"', 'SECRET_KEY = env.str("SECRET_KEY", "")', 'token="aaaaaaaaaaaaaaaaaaaa"']
)
def test_ordinary_lines_are_no_secrets(line: str) -> None:
    assert scans.secrets_in("plain.py", line) == []


@pytest.mark.parametrize(
    "markup",
    [
        "{{ words|safe }}",
        "{% autoescape off %}",
        "<script>x()</script>",
        '<script type="module">x()</script>',
        "<style>p{}</style>",
        '<p style="color:red">',
        '<a onclick="x()">',
        '<a href="javascript:x()">',
        '<img src="https://cdn.example/x.png">',
        '<link rel="stylesheet" href="//cdn.example/x.css">',
    ],
)
def test_a_planted_fault_in_a_template_is_seen(markup: str) -> None:
    assert scans.faults_in_template("planted.html", markup)


def test_ordinary_markup_is_well() -> None:
    fine = '<script type="module" src="/x.js"></script><script type="application/json">{}</script>'
    assert scans.faults_in_template("plain.html", fine + '<a href="https://example.org">out</a>') == []


@pytest.mark.parametrize(
    "code",
    [
        'cursor.execute(f"select * from person where name = {name}")',
        'cursor.execute("select * from person where name = %s" % name)',
        'cursor.execute("select * from person where name = " + name)',
        'cursor.execute("delete from person where name = {}".format(name))',
    ],
)
def test_a_planted_injection_is_seen(code: str) -> None:
    assert scans.sql_in("planted.py", code) == ["planted.py: name"]


def test_a_parameter_is_no_injection() -> None:
    assert scans.sql_in("plain.py", 'cursor.execute("select 1 from person where name = %s", [name])') == []


def test_a_planted_mark_is_seen() -> None:
    assert scans.marks_in("planted.py", "def draw(words): return mark_safe(words)") == [
        "planted.py: mark_safe"
    ]


def test_what_could_not_be_checked_is_not_called_well(monkeypatch: pytest.MonkeyPatch) -> None:
    """Here no other machine can be reached: the summary must say so."""
    monkeypatch.setenv("HTTPS_PROXY", "http://127.0.0.1:9")
    says, _ = scans.dependencies()
    assert "NOT CHECKED" in says and "no known weakness" not in says
