import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.core.paginator import Paginator
from django.templatetags.static import static
from django.test import RequestFactory
from django.utils import timezone, translation

from companionway.ui.templatetags import ui as tags
from tests.rooms.ui.page import drawn

NOW = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
UI = Path(tags.__file__).parents[1]


def test_a_button_sends_a_named_value() -> None:
    markup = drawn('{% button "Save" kind="danger" name="answer" value="yes" icon="check" %}')
    assert 'class="btn danger" type="submit" name="answer" value="yes"' in markup
    assert f"{static('ui/icons/icons.svg')}#check" in markup


@pytest.mark.parametrize(
    "line",
    [
        "{% button words %}",
        "{% link_button words words %}",
        "{% post_button words words %}",
        "{% card words %}{{ words }}{% endcard %}",
        "{% note %}{{ words }}{% endnote %}",
        "{% who_sees words %}",
        "{% empty words words words words %}",
        "{% face words %}",
        "{% back words words %}",
        "{% tag_list many %}",
        "{% data_table words %}{% enddata_table %}",
    ],
)
def test_peoples_words_are_never_markup(line: str) -> None:
    words = "\"><img src=x onerror=alert(1)>'"
    markup = drawn(line, words=words, many=[words])
    assert "<img" not in markup
    assert "&lt;" in markup or "&quot;" in markup


def test_one_tap_deeds_carry_their_token() -> None:
    markup = drawn('{% post_button "/end/" "End it" kind="danger" %}', csrf_token="t" * 64)
    assert 'method="post" action="/end/"' in markup
    assert "csrfmiddlewaretoken" in markup


def test_icons_that_point_turn_round_for_right_to_left() -> None:
    assert 'class="icon flip"' in drawn('{% icon "back" %}')
    assert 'class="icon"' in drawn('{% icon "heart" %}')


def test_a_face_is_one_letter_in_a_steady_tone() -> None:
    assert drawn('{% face "éloïse" %}') == drawn('{% face "éloïse" %}')
    assert ">É</span>" in drawn('{% face "éloïse" %}')
    assert drawn('{% face "  " "warm" %}').count("face warm") == 1


@pytest.mark.parametrize(
    ("moment", "style", "words"),
    [
        (NOW, "full", "Friday 20 November, 12:00 pm"),
        (datetime(2025, 7, 3, 17, 30, tzinfo=UTC), "full", "Thursday 3 July 2025, 6:30 pm"),
        (NOW - timedelta(hours=2), "short", "10:00 am"),
        (NOW - timedelta(days=1), "short", "Yesterday"),
        (NOW - timedelta(days=3), "short", "Tuesday"),
        (NOW - timedelta(days=30), "short", "21 October"),
        (NOW + timedelta(days=1), "short", "21 November"),
        (NOW - timedelta(days=500), "short", "8 July 2025"),
        (NOW, "day", "Today"),
        (NOW + timedelta(days=1), "day", "Tomorrow"),
        (NOW, "date", "Friday 20 November"),
        (NOW, "time", "12:00 pm"),
    ],
)
def test_times_are_words_in_the_persons_own_zone(moment: datetime, style: str, words: str) -> None:
    with translation.override("en"), timezone.override("Europe/London"):
        assert f">{words}</time>" in drawn("{% when moment style %}", moment=moment, style=style, now=NOW)


def test_the_same_moment_is_another_day_elsewhere() -> None:
    late = datetime(2026, 11, 19, 23, 30, tzinfo=UTC)
    with translation.override("en"), timezone.override("Asia/Kolkata"):
        markup = drawn("{% when moment %}", moment=late, now=NOW)
    assert "Friday 20 November, 5:00 am" in markup
    assert 'datetime="2026-11-20T05:00:00+05:30"' in markup


def test_no_time_is_nothing() -> None:
    assert drawn("{% when moment %}", moment=None) == ""


def test_steps_and_pager_say_where_someone_is() -> None:
    assert "Step 2 of 3" in drawn("{% steps 2 3 %}")
    request = RequestFactory().get("/list/?q=jo&page=2")
    markup = drawn("{% pager page %}", page=Paginator(range(30), 10).page(2), request=request)
    assert "?q=jo&amp;page=1" in markup
    assert "?q=jo&amp;page=3" in markup
    assert "btn" not in drawn("{% pager page %}", page=Paginator(range(3), 10).page(1), request=request)


def test_every_icon_that_a_template_names_exists() -> None:
    sprite = (UI / "static/ui/icons/icons.svg").read_text()
    known = set(re.findall(r'<symbol id="([^"]+)"', sprite))
    named = re.compile(r"""(?:\{%\s*icon\s+|\bicon=)["'](\w+)["']""")
    asked_for = {
        (path.name, name) for path in UI.parent.rglob("*.html") for name in named.findall(path.read_text())
    }
    assert asked_for
    assert {(file, name) for file, name in asked_for if name not in known} == set()
