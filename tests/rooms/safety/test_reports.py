"""Reports: sealed, answered by somebody who is not concerned, and answered back."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from companionway.foundation import parts, sealing
from companionway.foundation.models import Record
from companionway.foundation.policy import Refused
from companionway.people import roles
from companionway.safety import extracts, policy, queries, services
from companionway.safety.models import Report
from companionway.safety.states import ReportState
from tests.cast import NOW, Cast, give

CANARY = "canary-in-the-words"


def made(cast: Cast, **changes) -> Report:
    given = {
        "actor": cast.mina,
        "about": cast.theo,
        "subject": "message:7",
        "words": CANARY,
        "extract": "come to my flat, canary-in-the-extract",
        "programme": cast.programme,
        "now": NOW,
    }
    return services.report(**{**given, **changes})


def test_words_extract_and_answer_are_sealed_and_come_back(cast: Cast):
    report = made(cast)
    services.answer_report(actor=cast.cora, report=report, words="canary-in-the-answer", now=NOW)
    opened = services.read_answer(actor=cast.mina, report=report, now=NOW)
    assert (opened.words, opened.answer) == (CANARY, "canary-in-the-answer")
    assert opened.extract.endswith("canary-in-the-extract")
    row = Report.objects.get()
    for sealed in (row.sealed_words, row.sealed_extract, row.sealed_answer):
        assert b"canary" not in bytes(sealed)
    assert not Record.objects.filter(payload__icontains="canary").exists()


def test_states_move_forward_only(cast: Cast):
    report = made(cast)
    assert services.take_report(actor=cast.cora, report=report, now=NOW).state == ReportState.LOOKING
    assert services.take_report(actor=cast.cora, report=report, now=NOW).state == ReportState.LOOKING
    assert services.answer_report(actor=cast.cora, report=report, words="Done", now=NOW).answered_at == NOW
    with pytest.raises(Refused):
        services.answer_report(actor=cast.cora, report=report, words="Again", now=NOW)
    with pytest.raises(Refused):
        services.take_report(actor=cast.cora, report=report, now=NOW)


def test_a_report_about_a_coordinator_is_not_theirs_to_see(cast: Cast):
    report = made(cast, about=cast.cora, subject="person:x", extract="")
    assert not policy.reports_visible_to(cast.cora).exists()
    assert not policy.answerers(report).exists()
    with pytest.raises(Report.DoesNotExist):
        services.read_report(actor=cast.cora, report=report, now=NOW)
    give(cast.ruth, roles.COORDINATOR, cast.programme)
    assert list(policy.answerers(report)) == [cast.ruth]
    assert services.read_report(actor=cast.ruth, report=report, now=NOW).words == CANARY


def test_the_reporter_does_not_answer_their_own(cast: Cast):
    report = made(cast, actor=cast.cora)
    assert list(policy.reports_visible_to(cast.cora)) == [report]
    with pytest.raises(Refused):
        services.answer_report(actor=cast.cora, report=report, words="Fine", now=NOW)


def test_nobody_else_sees_a_report_and_visible_equals_may(cast: Cast):
    report = made(cast)
    for actor in (cast.theo, cast.ruth, cast.adil, cast.sam_the_stranger):
        assert not policy.reports_visible_to(actor).filter(pk=report.pk).exists()
    for actor in (cast.mina, cast.theo, cast.ruth, cast.cora, cast.adil, cast.sam_the_stranger):
        assert bool(policy.may_answer(actor, report)) == policy.reports_answerable_by(actor).exists()


def test_a_staff_read_is_shown_to_the_reporter_and_never_to_the_one_it_is_about(cast: Cast):
    report = made(cast)
    services.read_report(actor=cast.cora, report=report, now=NOW)
    (read,) = Record.objects.filter(name="people.sensitive_read")
    assert (read.actor_id, read.about_id) == (cast.cora.pk, cast.mina.pk)
    assert not Record.objects.about(cast.theo.pk).exists()


def test_nobody_reports_themselves(cast: Cast):
    with pytest.raises(Refused):
        made(cast, actor=cast.theo)
    with pytest.raises(IntegrityError), transaction.atomic():
        Report.objects.create(
            programme=cast.programme, reporter=cast.theo, about=cast.theo, subject="person:x", reported_at=NOW
        )


def test_an_extract_comes_only_through_the_room_that_may_show_it(cast: Cast, monkeypatch):
    def provider(actor, identifier):
        seen = actor == cast.mina and identifier == "7"
        return extracts.Extract("hello", cast.theo.pk, cast.programme.pk) if seen else None

    monkeypatch.setitem(extracts._providers, "message", provider)
    thing = queries.reportable(cast.mina, "message:7")
    assert thing is not None
    assert (thing.about, thing.text, thing.programme) == (cast.theo, "hello", cast.programme)
    assert thing.readers == ["Cora"]
    assert queries.reportable(cast.ruth, "message:7") is None
    assert queries.reportable(cast.mina, "message:8") is None
    assert queries.reportable(cast.mina, "nonsense") is None
    assert queries.reportable(cast.mina, "") is None


def test_a_person_is_reportable_by_those_who_can_meet_them(cast: Cast):
    thing = queries.reportable(cast.mina, f"person:{cast.theo.public_id}")
    assert thing is not None and thing.programme == cast.programme
    assert queries.reportable(cast.sam_the_stranger, f"person:{cast.theo.public_id}") is None
    assert queries.reportable(cast.mina, f"person:{cast.mina.public_id}") is None


def test_deleting_everything_makes_my_reports_unreadable_and_keeps_the_others(cast: Cast):
    mine, about_me = made(cast), made(cast, actor=cast.ruth, about=cast.mina, words="Ruth's words")
    parts.erase(cast.mina, NOW)
    sealing.forget_all()
    with pytest.raises(sealing.KeyDestroyed):
        sealing.key_of(sealing.REPORT, mine.pk)
    assert services.read_report(actor=cast.cora, report=mine, now=NOW).words == ""
    opened = services.read_report(actor=cast.cora, report=about_me, now=NOW)
    assert opened.words == "Ruth's words" and opened.extract
    services.answer_report(actor=cast.cora, report=about_me, words="Done", now=NOW)
    assert services.read_report(actor=cast.cora, report=about_me, now=NOW).extract == ""
    services.answer_report(actor=cast.cora, report=mine, words="Nobody is left to read this", now=NOW)


def test_deleting_everything_takes_blocks_pairs_and_wishes(cast: Cast):
    services.block_person(actor=cast.theo, person=cast.mina, now=NOW)
    pair = services.keep_apart(
        actor=cast.cora, programme=cast.programme, one=cast.ruth, other=cast.mina, words="why", now=NOW
    )
    services.wish_apart(actor=cast.mina, programme=cast.programme, words="somebody", now=NOW)
    parts.erase(cast.mina, NOW)
    assert queries.people_kept_from(cast.mina.pk) == set()
    with pytest.raises(sealing.KeyDestroyed):
        sealing.key_of("keep_apart", pair.pk)


def test_the_export_has_my_words_and_nothing_that_others_said(cast: Cast):
    report = made(cast)
    services.answer_report(actor=cast.cora, report=report, words="We spoke with him", now=NOW)
    services.block_person(actor=cast.mina, person=cast.theo, now=NOW)
    services.wish_apart(actor=cast.mina, programme=cast.programme, words="my uncle", now=NOW)
    services.block_person(actor=cast.ruth, person=cast.mina, now=NOW)
    services.report(
        actor=cast.ruth, about=cast.mina, subject="person:x", words="ruth-canary", extract="",
        programme=cast.programme, now=NOW,
    )  # fmt: skip
    mine = parts.export_of(cast.mina)["safety"]
    assert mine["reports"][0]["words"] == CANARY and mine["reports"][0]["answer"] == "We spoke with him"
    assert [block["person"] for block in mine["blocks"]] == ["Theo"]
    assert mine["kept_apart_in_my_words"][0]["words"] == "my uncle"
    assert "ruth-canary" not in str(mine) and "Ruth" not in str(mine)


def test_the_queue_costs_the_same_for_one_and_for_three(cast: Cast):
    def cost() -> int:
        with CaptureQueriesContext(connection) as asked:
            list(policy.reports_answerable_by(cast.cora).unanswered().select_related("programme", "taken_by"))
        return len(asked)

    made(cast)
    cost()  # the roles are remembered from here on
    first = cost()
    made(cast, subject="message:8")
    made(cast, subject="message:9")
    assert cost() == first
