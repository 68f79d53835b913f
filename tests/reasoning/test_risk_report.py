"""The labelled phrases as a guard, the report over them, and the faults that the guard must see."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from companionway.reasoning.risk import Noticed, noticing, scopes
from companionway.reasoning.risk.report import Labelled, Report, Share, WrongFile, measure, read_labelled
from companionway.reasoning.risk.spelling import Speller

DATA = Path(__file__).parent / "data"
FILES = sorted(DATA.glob("*.csv"))
DANGERS = ("abuse", "harm_others", "third_party", "encourage", "obfuscated")
MOST_FALSE = {
    "idiom": 0.05,
    "media": 0.05,
    "resource_training": 0.05,
    "bereavement": 0.05,
    "negation": 0.05,
    "distress_norisk": 0.05,
    "past_recovery": 0.10,
    "supporter_talk": 0.10,
}


def phrases() -> list[Labelled]:
    return [phrase for path in FILES for phrase in read_labelled(path.read_bytes())]


def short_of(report: Report) -> list[str]:
    """Which of the promised figures a report does not reach."""
    families = report.families
    short = [] if report.recall_high.rate >= 0.90 else ["recall on high"]
    short += [name for name in DANGERS if families[name].rate < 0.85]
    return short + [name for name, most in MOST_FALSE.items() if families[name].rate > most]


def test_the_promised_figures_hold_on_all_sets_together() -> None:
    assert len(FILES) >= 4
    assert short_of(measure(phrases())) == []


def test_no_phrase_stands_in_two_sets() -> None:
    doubled = [text for text, count in Counter(phrase.text for phrase in phrases()).items() if count > 1]
    assert doubled == []


def test_without_the_negation_scope_the_guard_sees_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scopes, "NEAR_NEGATION", -1)
    assert "negation" in short_of(measure(phrases()))


def test_without_guessing_at_disguised_words_the_guard_sees_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Speller, "guess", lambda self, word: (word,))
    monkeypatch.setattr(Speller, "starred", lambda self, word: None)
    assert "obfuscated" in short_of(measure(phrases()))


def test_without_the_past_the_guard_sees_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scopes.Scopes, "when", lambda self, match: "now")
    assert "past_recovery" in short_of(measure(phrases()))


def test_without_the_reported_scope_the_guard_sees_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scopes.Scopes, "_reported", lambda self, match: False)
    assert {"media", "resource_training"} & set(short_of(measure(phrases())))


def test_a_detector_that_sees_nothing_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    quiet = replace(measure(phrases()), alarmed=tuple(False for _ in phrases()))
    assert "recall on high" in short_of(quiet)
    assert noticing.notice("") == Noticed()


def test_the_report_counts() -> None:
    rows = (
        b"text,label,source,category\nI want to kill myself,2,x,active\n"
        b"nice weather,0,x,everyday\nI want to die,0,x,wrong\n"
    )
    report = measure(read_labelled(rows))
    assert report.as_data() == {
        "n": 3,
        "recall_high": 1.0,
        "families": {
            "active": {"n": 1, "alarmed": 1},
            "everyday": {"n": 1, "alarmed": 0},
            "wrong": {"n": 1, "alarmed": 1},
        },
    }
    assert "False alarms per 1,000 phrases without risk: 500" in "\n".join(report.lines())


def test_no_high_phrase_has_no_recall() -> None:
    assert (
        measure(read_labelled(b"text,label,source,category\nhello,0,x,y\n")).as_data()["recall_high"] is None
    )


def test_an_interval_is_the_same_every_time_and_holds_the_share() -> None:
    share = Share(30, 40)
    low, high = share.interval()
    assert 0.55 < low < 0.75 < high < 0.95
    assert share.interval() == (low, high)


def test_where_nothing_was_missed_the_interval_still_says_how_few_were_looked_at() -> None:
    assert Share(30, 30).interval() == (0.9, 1.0)
    assert Share(0, 30).interval() == (0.0, 0.1)
    assert Share(0, 0).interval() == (0.0, 1.0)


@pytest.mark.parametrize(
    ("content", "word"),
    [
        (b"", "columns"),
        (b"text,label\nhello,0\n", "category"),
        (b"text,label,source,category\n", "no phrases"),
        (b"text,label,source,category\nhello,4,x,y\n", "Row 2"),
        (b"text,label,source,category\nhello\n", "Row 2"),
        (b"\xff\xfe\x00", "UTF-8"),
        (b'text,label,source,category\n"open,0,x,y\n', "CSV"),
    ],
)
def test_a_file_that_cannot_be_used_is_answered_in_words(content: bytes, word: str) -> None:
    with pytest.raises(WrongFile, match=word):
        read_labelled(content)
