"""Numbers: two people, half a year, hidden when expired, and a copy for when nothing else works."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
import time_machine
from django.conf import settings
from django.db import IntegrityError, transaction

from companionway.config import still
from companionway.foundation.models import Record
from companionway.foundation.policy import Refused
from companionway.safety import outage, queries, services, tasks
from companionway.safety.models import HelpLine, LineTrouble
from tests.cast import NOW, Cast
from tests.rooms.safety.conftest import FACTS

TODAY = NOW.date()
ASKED = {"headers": [(b"host", b"testserver"), (b"accept-language", b"en-GB,en;q=0.8")]}


def test_a_number_is_shown_only_after_a_second_person_checked_it(cast: Cast, second_keeper):
    line = services.add_helpline(actor=cast.adil, facts=FACTS, now=NOW)
    assert queries.countries(cast.organisation, TODAY) == []
    services.verify_helpline(actor=cast.adil, line=line, now=NOW)
    assert queries.countries(cast.organisation, TODAY) == []
    with pytest.raises(Refused):
        services.verify_helpline(actor=cast.adil, line=line, now=NOW)
    services.verify_helpline(actor=second_keeper, line=line, now=NOW)
    assert [each.name for each in queries.lines_for(cast.organisation, "GB", TODAY).lines] == [
        "The Evening Line"
    ]


def test_an_expired_number_vanishes_the_day_after_its_last(cast: Cast, make_line):
    line = make_line()
    last = TODAY + timedelta(days=180)
    assert line.expires_on == last
    assert queries.lines_for(cast.organisation, "GB", last).lines == [line]
    assert queries.lines_for(cast.organisation, "GB", last + timedelta(days=1)).lines == []


def test_the_database_refuses_more_than_half_a_year_and_a_date_without_a_check(cast: Cast, make_line):
    line = make_line()
    for changes in (
        {"expires_on": line.verified_on + timedelta(days=181)},
        {"verified_on": None},
        {"expires_on": None},
        {"also_verified_by": line.verified_by},
        {"also_verified_by": None},
        {"number": ""},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            HelpLine.objects.filter(pk=line.pk).update(**changes)
    HelpLine.objects.filter(pk=line.pk).update(expires_on=line.verified_on + timedelta(days=180))


def test_checking_again_keeps_the_number_up_until_the_second_person_agrees(
    cast: Cast, make_line, second_keeper
):
    line = make_line()
    later = NOW + timedelta(days=150)
    services.verify_helpline(actor=second_keeper, line=line, now=later)
    assert queries.lines_for(cast.organisation, "GB", later.date()).lines == [line]
    again = services.verify_helpline(actor=cast.adil, line=line, now=later)
    assert (again.verified_on, again.expires_on) == (later.date(), later.date() + timedelta(days=180))


def test_a_corrected_number_is_hidden_until_checked_anew(cast: Cast, make_line):
    line = make_line()
    services.correct_helpline(actor=cast.adil, line=line, facts={"number": "01632 960 999"}, now=NOW)
    assert queries.lines_for(cast.organisation, "GB", TODAY).lines == []


def test_only_keepers_keep_numbers(cast: Cast, make_line):
    line = make_line()
    for actor in (cast.cora, cast.mina, cast.theo, cast.sam_the_stranger):
        with pytest.raises(Refused):
            services.add_helpline(actor=actor, facts=FACTS, now=NOW)
        with pytest.raises(HelpLine.DoesNotExist):
            services.verify_helpline(actor=actor, line=line, now=NOW)


def test_demonstration_numbers_never_reach_a_real_service(cast: Cast, make_line):
    make_line(is_demonstration=True)
    assert queries.lines_for(cast.organisation, "GB", TODAY).lines == []
    cast.organisation.is_demonstration = True
    shelf = queries.lines_for(cast.organisation, "GB", TODAY)
    assert shelf.is_demonstration and len(shelf.lines) == 1


def test_demonstration_numbers_are_laid_out_once_and_only_in_a_demonstration(cast: Cast, second_keeper):
    with pytest.raises(Refused):
        services.lay_out_demonstration_lines(actor=cast.adil, second=second_keeper, now=NOW)
    cast.organisation.is_demonstration = True
    cast.organisation.save()
    lines = services.lay_out_demonstration_lines(actor=cast.adil, second=second_keeper, now=NOW)
    assert lines and all(line.is_demonstration and line.verified_on == TODAY for line in lines)
    assert services.lay_out_demonstration_lines(actor=cast.adil, second=second_keeper, now=NOW) == []
    assert {"GB", "FR"} <= set(queries.countries(cast.organisation, TODAY))
    outage.write(NOW)
    page = str(outage.read("en", "", TODAY))
    assert page.count("Demonstration number, not checked.") == len(lines)
    assert len(page.encode()) < 30_000


def test_saying_that_a_number_fails_keeps_nobody_and_is_settled_by_the_next_check(
    cast: Cast, make_line, second_keeper
):
    line = make_line()
    services.say_line_fails(actor=cast.mina, line=line, now=NOW)
    services.say_line_fails(actor=None, line=line, now=NOW)
    told = Record.objects.filter(name="safety.line_said_to_fail")
    assert set(told.values_list("actor_id", "about_id")) == {(None, None)}
    assert queries.lines_to_check(cast.adil, TODAY).get().open_troubles == 2
    services.verify_helpline(actor=cast.adil, line=line, now=NOW)
    services.verify_helpline(actor=second_keeper, line=line, now=NOW)
    assert queries.lines_to_check(cast.adil, TODAY).get().open_troubles == 0
    assert {field.name for field in LineTrouble._meta.get_fields()} == {"id", "line", "said_at", "settled_at"}


def test_what_needs_a_check_soonest_stands_first(cast: Cast, make_line, second_keeper):
    make_line(name="Fresh")
    make_line(name="Old", now=NOW - timedelta(days=170))
    make_line(name="Gone", now=NOW - timedelta(days=200))
    services.add_helpline(actor=cast.adil, facts={**FACTS, "name": "Unchecked"}, now=NOW)
    names = [line.name for line in queries.lines_to_check(cast.adil, TODAY)]
    assert set(names[:2]) == {"Gone", "Unchecked"} and names[2:] == ["Old", "Fresh"]


def test_the_copy_drops_what_expired_even_when_nobody_could_rewrite_it(cast: Cast, make_line):
    make_line(name="Long line", number="01632 960 001")
    make_line(name="Short line", number="01632 960 002", now=NOW - timedelta(days=100))
    outage.write(NOW)
    page = outage.read("en", "", TODAY)
    assert page is not None and "Long line" in page and "Short line" in page
    later = outage.read("en", "", TODAY + timedelta(days=100))
    assert later is not None and "Long line" in later
    assert "Short line" not in later and "960 002" not in later
    assert "960" not in str(outage.read("en", "", TODAY + timedelta(days=200)))


def test_what_the_server_hands_out_in_an_outage_has_no_expired_number_either(cast: Cast, make_line):
    make_line(name="Short line", now=NOW - timedelta(days=100))
    outage.write(NOW)
    with time_machine.travel(NOW, tick=False):
        assert b"Short line" in (still._written(ASKED) or b"")
    with time_machine.travel(NOW + timedelta(days=100), tick=False):
        page = still._written(ASKED) or b""
    assert b"Help now" in page and b"Short line" not in page


def test_the_duty_rewrites_the_copy_in_every_language_without_expired_numbers(cast: Cast, make_line):
    make_line(name="Short line", now=NOW - timedelta(days=100))
    tasks.write_help_now_copies(NOW)
    files = {code: outage.folder() / f"{code}.html" for code, _name in settings.LANGUAGES}
    assert all("Short line" in path.read_text() for path in files.values())
    assert 'dir="rtl"' in files["ar"].read_text()
    assert "until 9 February 2027" in files["en"].read_text()
    tasks.write_help_now_copies(NOW + timedelta(days=100))
    assert not any("Short line" in path.read_text() for path in files.values())


def test_the_copy_needs_no_script_no_style_inline_and_is_small(cast: Cast, make_line):
    for number in range(12):
        make_line(name=f"Line {number}")
    outage.write(NOW)
    page = str(outage.read("en", "", TODAY))
    assert "<script" not in page and "<style" not in page and not re.search(r'\sstyle="', page)
    assert len(page.encode()) < 30_000


def test_dates_are_days_not_moments(make_line):
    assert make_line().verified_on == date(2026, 11, 21)
