"""Deeds: joining, sharing, consenting, pausing, deleting; and who may not."""

from __future__ import annotations

from datetime import time, timedelta

import pytest
from django.contrib.sessions.models import Session
from django.db import connection

from companionway.foundation import parts, sealing
from companionway.foundation import proof as proof_of
from companionway.foundation.models import Record
from companionway.foundation.policy import Refused
from companionway.people import policy, queries, roles, services
from companionway.people.keys import NewDevice
from companionway.people.models import Audience, Consent, Device, Person, ProfileItem, Purpose, RoleHeld
from companionway.people.queries import Needs
from tests.cast import NOW, Cast

CANARY = "wheelbarrow-canary-4711"


def everything_written() -> str:
    """Every value of every table, as the database file holds it."""
    cells = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'select * from "{table}"')
            for row in cursor.fetchall():
                cells += [
                    bytes(c).decode("latin-1") if isinstance(c, bytes | memoryview) else str(c) for c in row
                ]
    return "\n".join(cells)


def join(cast: Cast, name: str = "Wren", **more: object) -> Person:
    return services.join(
        name=name, programme=cast.programme, passphrase="four small grey stones", now=NOW, **more
    )


def test_joining_makes_a_member_with_consents_and_a_device(cast: Cast) -> None:
    device = NewDevice("a-session-key", "Firefox on Android")
    wren = join(cast, consents=[Purpose.MATCHING], device=device)
    assert wren.holds("support.ask", cast.programme) and not wren.holds("support.ask", cast.other_programme)
    assert queries.has_consent(wren, Purpose.MATCHING) and not queries.has_consent(
        wren, Purpose.SERVICE_FIGURES
    )
    assert Device.objects.get(person=wren).label == "Firefox on Android"
    assert Record.objects.get(name="people.joined").actor_id == wren.pk


def test_joining_keeps_no_address_and_no_telephone(cast: Cast) -> None:
    wren = join(cast)
    assert wren.email == "" and not any("phone" in field.name for field in Person._meta.get_fields())


def test_a_name_is_taken_once_whatever_its_case(cast: Cast) -> None:
    join(cast, "Wren")
    with pytest.raises(Refused, match="already has this name"):
        join(cast, "WREN")
    assert Person.objects.filter(sign_in_name="wren").count() == 1


def test_a_closed_programme_and_another_age_are_refused(cast: Cast) -> None:
    with pytest.raises(Refused):
        join(cast, age_band="young")
    services.close_programme(actor=cast.adil, programme=cast.programme, now=NOW)
    with pytest.raises(Refused):
        join(cast)
    assert not Person.objects.filter(sign_in_name="wren").exists()


def test_what_is_shared_is_sealed_and_opens_for_its_audience_only(cast: Cast) -> None:
    for audience in Audience:
        text = f"{CANARY} {audience}"
        services.share_item(actor=cast.mina, kind="story", text=text, audience=audience, now=NOW)
    services.share_item(
        actor=cast.mina, kind="experience", key="hearing_voices", audience="matching", now=NOW
    )
    services.state_needs(actor=cast.mina, needs=Needs(never=["phone_me"], words=CANARY), now=NOW)
    written = everything_written()
    assert CANARY not in written and "hearing_voices" not in written and "phone_me" not in written
    seen = {
        audience: {each.audience for each in queries.profile_items(cast.mina, seen_by=audience)}
        for audience in Audience
    }
    assert seen[Audience.NOBODY] == set(Audience)
    assert seen[Audience.SUPPORTER] == {"supporter", "group"}
    assert seen[Audience.MATCHING] == {"matching", "supporter", "group"}
    assert queries.needs_of(cast.mina).never == ["phone_me"]


@pytest.mark.parametrize("number", [1, 3])
def test_experience_keys_take_two_queries_for_any_number(
    cast: Cast, number: int, django_assert_num_queries
) -> None:
    people = [cast.mina, cast.theo, cast.ruth][:number]
    for person in people:
        services.choose_topics(
            actor=person, kind="experience", audiences={"panic": "matching", "loss": "nobody"}, now=NOW
        )
    sealing.forget_all()
    with django_assert_num_queries(2):
        assert queries.experience_keys(people, Audience.MATCHING) == {each.pk: {"panic"} for each in people}
    assert queries.experience_keys(people, Audience.SUPPORTER) == {each.pk: set() for each in people}


def test_choosing_topics_again_takes_away_what_is_not_named(cast: Cast) -> None:
    choose = services.choose_topics
    choose(actor=cast.mina, kind="goal", audiences={"hope": "nobody", "nature": "supporter"}, now=NOW)
    choose(actor=cast.mina, kind="goal", audiences={"nature": "matching", "home": "nobody"}, now=NOW)
    kept = {each.key: each.audience for each in queries.profile_items(cast.mina, seen_by=Audience.NOBODY)}
    assert kept == {"nature": "matching", "home": "nobody"}
    with pytest.raises(Refused):
        choose(actor=cast.mina, kind="goal", audiences={"depression": "nobody"}, now=NOW)


def test_nobody_changes_what_another_person_shares(cast: Cast) -> None:
    item = services.share_item(actor=cast.mina, kind="story", text="mine", audience="supporter", now=NOW)
    for actor in (cast.theo, cast.cora, cast.adil, cast.sam_the_stranger):
        with pytest.raises(Refused):
            services.change_audience(actor=actor, item=item, audience="group", now=NOW)
        with pytest.raises(Refused):
            services.remove_item(actor=actor, item=item, now=NOW)
        assert not policy.items_visible_to(actor).filter(pk=item.pk).exists()
    assert ProfileItem.objects.get(pk=item.pk).audience == "supporter"


def test_consent_is_given_once_and_withdrawn_at_once(cast: Cast) -> None:
    first = services.give_consent(actor=cast.mina, purpose=Purpose.MATCHING, now=NOW)
    assert services.give_consent(actor=cast.mina, purpose=Purpose.MATCHING, now=NOW).pk == first.pk
    assert queries.consenting([cast.mina.pk, cast.theo.pk], Purpose.MATCHING) == {cast.mina.pk}
    services.withdraw_consent(actor=cast.mina, purpose=Purpose.MATCHING, now=NOW + timedelta(hours=1))
    assert not queries.has_consent(cast.mina, Purpose.MATCHING)
    again = services.give_consent(actor=cast.mina, purpose=Purpose.MATCHING, now=NOW + timedelta(hours=2))
    assert again.receipt != first.receipt and Consent.objects.filter(person=cast.mina).count() == 2


def test_consent_that_has_run_out_is_none(cast: Cast) -> None:
    given = services.give_consent(actor=cast.mina, purpose=Purpose.MATCHING, now=NOW)
    Consent.objects.filter(pk=given.pk).update(expires_at=NOW - timedelta(days=400))
    assert not queries.has_consent(cast.mina, Purpose.MATCHING)
    assert queries.consenting([cast.mina.pk], Purpose.MATCHING) == set()


def test_consent_for_one_programme_is_none_for_another(cast: Cast) -> None:
    services.give_consent(actor=cast.mina, purpose=Purpose.MATCHING, programme=cast.programme, now=NOW)
    assert queries.has_consent(cast.mina, Purpose.MATCHING, cast.programme)
    assert not queries.has_consent(cast.mina, Purpose.MATCHING, cast.other_programme)
    assert not queries.has_consent(cast.mina, Purpose.MATCHING)


def test_roles_are_given_and_ended_by_administrators(cast: Cast) -> None:
    for actor in (cast.mina, cast.theo, cast.cora, cast.sam_the_stranger):
        with pytest.raises(Refused):
            services.give_role(
                actor=actor, person=cast.mina, role=roles.COORDINATOR, programme=cast.programme, now=NOW
            )
    give = {"actor": cast.adil, "person": cast.mina, "programme": cast.programme, "now": NOW}
    held = services.give_role(role=roles.SUPPORTER, **give)
    assert services.give_role(role=roles.SUPPORTER, **give).pk == held.pk
    assert cast.mina.holds("support.accompany", cast.programme)
    services.end_role(actor=cast.adil, held=held, now=NOW)
    assert not Person.objects.get(pk=cast.mina.pk).holds("support.accompany")


def test_the_last_administrator_stays(cast: Cast) -> None:
    held = RoleHeld.objects.get(person=cast.adil)
    with pytest.raises(Refused, match="last administrator"):
        services.end_role(actor=cast.adil, held=held, now=NOW)


def test_staff_roles_do_not_count_without_a_second_proof(cast: Cast) -> None:
    weak = Person.objects.get(pk=cast.cora.pk)
    weak.is_strong = False
    assert weak.must_prove and not weak.holds("introductions.coordinate") and not weak.is_staff_member
    assert cast.cora.holds("introductions.coordinate")


def test_a_read_is_shown_to_the_person_read_about(cast: Cast) -> None:
    read = {"about": cast.mina, "subject": "conversation:7", "reason_key": "safety", "now": NOW}
    services.record_read(actor=cast.cora, **read)
    services.record_read(actor=cast.mina, **read)
    shown = queries.reads_about(cast.mina)
    assert [(each.by, each.what, each.why) for each in shown] == [
        ("Cora", "A conversation", "Somebody may be in danger")
    ]
    assert queries.reads_about(cast.theo) == []


def test_a_pause_and_coming_back(cast: Cast) -> None:
    services.pause(actor=cast.mina, now=NOW)
    services.pause(actor=cast.mina, now=NOW + timedelta(days=1))
    assert Person.objects.get(pk=cast.mina.pk).paused_at == NOW
    services.come_back(actor=cast.mina, now=NOW)
    names = list(Record.objects.filter(actor_id=cast.mina.pk).values_list("name", flat=True))
    assert names == ["people.paused", "people.came_back"]


def test_quiet_hours_pass_midnight_in_the_persons_own_time(cast: Cast) -> None:
    cast.mina.quiet_from, cast.mina.quiet_until = time(22), time(7)
    cast.mina.time_zone = "Asia/Tokyo"
    assert not queries.is_quiet_now(cast.mina, NOW)  # seven in the evening there
    assert queries.is_quiet_now(cast.mina, NOW + timedelta(hours=5))
    cast.mina.time_zone = "Nowhere/Nothing"
    assert not queries.is_quiet_now(cast.mina, NOW)


def test_delete_everything_leaves_an_empty_row_and_no_key(cast: Cast, monkeypatch) -> None:
    told: list[int] = []
    monkeypatch.setitem(parts._erasures, "a test", lambda person, now: told.append(person.pk) or {})
    wren = join(cast, CANARY, device=NewDevice("wrens-session", "Firefox"), consents=[Purpose.MATCHING])
    Session.objects.create(session_key="wrens-session", session_data="", expire_date=NOW)
    services.share_item(actor=wren, kind="story", text="about me", audience="supporter", now=NOW)
    services.new_way_back(actor=wren, now=NOW)
    proof = services.delete_everything(actor=wren, now=NOW)
    assert told == [wren.pk] and len(proof) >= 16
    assert CANARY not in everything_written()
    assert not Session.objects.filter(session_key="wrens-session").exists()
    left = Person.objects.get(pk=wren.pk)
    assert (left.name, left.way_back_hash, left.is_active) == (
        "",
        "",
        False,
    ) and not left.has_usable_password()
    with pytest.raises(sealing.KeyDestroyed):
        sealing.key_of(sealing.PERSON, wren.pk)
    assert Record.objects.get(name="people.erased").payload["proof"] == proof_of.digest(proof)
    assert queries.experience_keys([left], Audience.MATCHING) == {left.pk: set()}


def test_an_invitation_is_never_a_key_to_somebody_elses_words(cast: Cast) -> None:
    wren = join(cast)
    with pytest.raises(Refused, match="way in of their own"):
        services.invite(actor=cast.adil, person=wren, now=NOW)
    code = services.invite(
        actor=cast.adil, name="Nadia", role=roles.COORDINATOR, programme=cast.programme, now=NOW
    )
    assert code not in everything_written()
    nadia = services.open_with_code(
        code=code.upper().replace(" ", "-"), passphrase="long enough words", now=NOW
    )
    assert nadia.check_password("long enough words") and nadia.holds(
        "introductions.coordinate", cast.programme
    )
    with pytest.raises(Refused, match="used already"):
        services.open_with_code(code=code, passphrase="another one here", now=NOW)
    with pytest.raises(Refused):
        services.invite(
            actor=cast.cora, name="Friend", role=roles.COORDINATOR, programme=cast.programme, now=NOW
        )


def test_an_invitation_runs_out(cast: Cast) -> None:
    code = services.invite(actor=cast.adil, name="Nadia", now=NOW)
    with pytest.raises(Refused):
        services.open_with_code(code=code, passphrase="long enough words", now=NOW + timedelta(days=8))
