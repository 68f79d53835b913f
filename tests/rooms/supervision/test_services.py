"""Who holds whom, the agenda, talks, and what is nobody else's."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.db.utils import DatabaseError

from companionway.foundation import events, parts
from companionway.foundation.models import DataKey, Record
from companionway.foundation.policy import Refused
from companionway.people import roles
from companionway.people import services as people
from companionway.people.models import Person
from companionway.safety import services as safety
from companionway.supervision import policy, queries, services
from companionway.supervision.models import AgendaItem, Supervision, Talk
from companionway.supervision.states import MOVES, ItemKind, Side, TalkState
from companionway.support import services as support
from tests.cast import NOW, Cast, give, make_person
from tests.rooms.supervision.conftest import Held
from tests.rooms.supervision.talking import fresh, later, talked, write


def choose(cast: Cast, supporter: Person, supervisor: Person, actor: Person | None = None) -> Supervision:
    return services.arrange(
        actor=actor or supporter,
        programme=cast.programme,
        supporter=supporter,
        supervisor=supervisor,
        now=NOW,
    )


def test_the_line_manager_is_nobodys_practice_supervisor(held: Held) -> None:
    cast = held.cast
    give(cast.cora, roles.SUPERVISOR, cast.programme)
    assert not policy.may_supervise(fresh(cast.cora), cast.programme, for_whom=cast.ruth)
    with pytest.raises(Refused, match="decide about the work"):
        choose(cast, fresh(cast.ruth), fresh(cast.cora))
    assert cast.cora not in [each.person for each in queries.choices_for(cast.ruth, cast.programme)]


def test_the_database_refuses_it_as_well(held: Held) -> None:
    """Whatever the code above it forgets."""
    cast = held.cast
    for supervisor, supporter in ((cast.cora, cast.ruth), (cast.theo, held.ines), (cast.ruth, cast.ruth)):
        if supervisor == cast.theo:
            Supervision.objects.filter(supporter=held.ines).update(ended_at=NOW)
        with pytest.raises((DatabaseError, IntegrityError)), transaction.atomic():
            Supervision.objects.create(
                programme=cast.programme, supporter=supporter, supervisor=supervisor, began_at=NOW
            )


def test_whoever_becomes_the_manager_is_the_supervisor_no_more(held: Held) -> None:
    cast = held.cast
    talked(held.pair, NOW)
    people.give_role(
        actor=cast.adil, person=held.ines, role=roles.COORDINATOR, programme=cast.programme, now=later(1)
    )
    ines = fresh(held.ines)
    assert not policy.visible_to(ines).filter(pk=held.pair.pk).exists(), "before any reaction has run"
    assert not policy.may_view(ines, held.pair)
    while events.deliver():
        pass
    held.pair.refresh_from_db()
    assert not held.pair.is_current
    assert Record.objects.filter(name="supervision.supervisor_wanted", about_id=cast.theo.pk).exists()


def test_nobody_but_the_two_reads_anything(held: Held) -> None:
    cast = held.cast
    talk = talked(held.pair, NOW)
    services.put_on_agenda(actor=cast.theo, supervision=held.pair, words="A shared line.", now=NOW)
    for person in (cast.cora, cast.adil, cast.ruth, cast.mina, held.otis, cast.sam_the_stranger):
        assert not policy.visible_to(person).filter(pk=held.pair.pk).exists()
        assert not policy.talks_visible_to(person).filter(pk=talk.pk).exists()
        assert not policy.items_visible_to(person).exists()
        assert not policy.may_view(person, held.pair)
        with pytest.raises(Refused):
            services.put_on_agenda(actor=person, supervision=held.pair, words="Hm", now=NOW)
    for person in (cast.theo, held.ines):
        assert policy.may_view(person, held.pair)
        assert policy.talks_visible_to(person).filter(pk=talk.pk).exists()


def test_what_a_coordinator_sees_has_no_words_in_it(held: Held) -> None:
    talked(held.pair, NOW, words="Only between us.")
    rows = queries.dates_for(held.cast.cora, held.cast.programme, NOW.date())
    assert {each.who.name for each in rows} == {"Theo", "Ruth", "Ines", "Otis"}
    assert [each.due_on for each in rows] == sorted(each.due_on for each in rows)
    assert "Only between us" not in repr(rows)
    assert queries.dates_for(held.cast.theo, held.cast.programme, NOW.date()) == []


def test_one_tap_leads_to_somebody_who_has_lived_it(held: Held) -> None:
    cast = held.cast
    ada, bo = make_person("Ada"), make_person("Bo")
    for each in (ada, bo):
        give(each, roles.SUPERVISOR, cast.programme)
    services.offer_supervising(actor=bo, programme=cast.programme, has_lived_it=True, now=NOW)
    made = services.ask_for_another(actor=cast.theo, supervision=held.pair, now=later(1))
    assert made is not None
    assert made.supervisor == bo, "who has lived it comes first, though Ada's name does"
    ended = Record.objects.get(name="supervision.ended")
    assert ended.actor_id is None, "the one before is not told by whom"
    assert {"reason", "words"}.isdisjoint(ended.payload)


def test_when_nobody_has_room_the_coordinators_are_told(held: Held) -> None:
    services.offer_supervising(
        actor=held.otis, programme=held.cast.programme, has_lived_it=False, takes_more=False, now=NOW
    )
    assert services.ask_for_another(actor=held.cast.theo, supervision=held.pair, now=later(1)) is None
    wanted = Record.objects.get(name="supervision.supervisor_wanted")
    assert wanted.payload["person_id"] == held.cast.theo.pk
    assert queries.current_of(held.cast.theo, held.cast.programme) is None


def test_only_the_supporter_asks_for_another_and_only_the_supervisor_steps_back(held: Held) -> None:
    with pytest.raises(Refused):
        services.ask_for_another(actor=held.ines, supervision=held.pair, now=NOW)
    with pytest.raises(Refused):
        services.step_back(actor=held.cast.theo, supervision=held.pair, now=NOW)
    services.step_back(actor=held.ines, supervision=held.pair, now=NOW)
    assert Record.objects.filter(name="supervision.supervisor_wanted").exists()


def test_nobody_supervises_each_other_or_themselves(held: Held) -> None:
    cast = held.cast
    give(cast.theo, roles.SUPERVISOR, cast.programme)
    theo = fresh(cast.theo)
    Supervision.objects.filter(supporter=held.ines).update(ended_at=NOW)
    with pytest.raises(Refused, match="each other"):
        choose(cast, held.ines, theo)
    with pytest.raises(Refused, match="own"):
        choose(cast, theo, theo)


def test_a_supervisor_has_room_for_so_many(held: Held) -> None:
    services.offer_supervising(
        actor=held.ines, programme=held.cast.programme, has_lived_it=True, most=1, now=NOW
    )
    with pytest.raises(Refused, match="no room"):
        choose(held.cast, held.cast.ruth, held.ines)
    services.offer_supervising(
        actor=held.ines, programme=held.cast.programme, has_lived_it=True, most=99, now=NOW
    )
    assert queries.supervising_of(held.ines, held.cast.programme).most == 8  # type: ignore[union-attr]
    assert choose(held.cast, held.cast.ruth, held.ines).supervisor == held.ines


def test_who_may_bring_two_together(held: Held) -> None:
    cast = held.cast
    assert choose(cast, cast.ruth, held.ines, actor=cast.cora).is_current
    for actor in (cast.mina, cast.adil, held.otis, cast.theo):
        with pytest.raises(Refused):
            choose(cast, cast.ruth, held.otis, actor=actor)
    with pytest.raises(Refused):
        choose(cast, cast.mina, held.ines)


def test_two_who_are_kept_apart_are_not_brought_together(held: Held) -> None:
    safety.block_person(actor=held.cast.ruth, person=held.ines, now=NOW)
    with pytest.raises(Refused):
        choose(held.cast, held.cast.ruth, held.ines)
    assert held.ines not in [each.person for each in queries.choices_for(held.cast.ruth, held.cast.programme)]


def test_a_block_ends_it(held: Held) -> None:
    safety.block_person(actor=held.cast.theo, person=held.ines, now=NOW)
    while events.deliver():
        pass
    assert queries.current_of(held.cast.theo, held.cast.programme) is None


def test_a_line_of_ones_own_stays_ones_own_until_shared(held: Held) -> None:
    theo, pair = held.cast.theo, held.pair
    mine = services.put_on_agenda(
        actor=theo, supervision=pair, words="Maybe later.", is_shared=False, now=NOW
    )
    assert [each.words for each in queries.agenda_of(pair, theo)] == ["Maybe later."]
    assert queries.agenda_of(pair, held.ines) == []
    with pytest.raises(AgendaItem.DoesNotExist):
        services.share_item(actor=held.ines, item=mine, now=NOW)
    services.share_item(actor=theo, item=mine, now=NOW)
    assert [each.words for each in queries.agenda_of(pair, held.ines)] == ["Maybe later."]
    with pytest.raises(Refused):
        services.take_off_agenda(actor=held.ines, item=mine, now=NOW)


def test_a_walk_is_pointed_at_never_named(held: Held) -> None:
    cast = held.cast
    walk = support.begin(
        actor=cast.theo, programme=cast.programme, member=cast.mina, supporter=cast.theo, reasons=[], now=NOW
    )
    about = f"relationship:{walk.pk}"
    services.put_on_agenda(actor=cast.theo, supervision=held.pair, words="How to end.", about=about, now=NOW)
    (mine,) = queries.agenda_of(held.pair, cast.theo)
    (theirs,) = queries.agenda_of(held.pair, held.ines)
    assert mine.walk == walk.public_id
    assert theirs.walk == ""
    assert "Mina" not in repr(theirs)
    elsewhere = services.put_on_agenda(
        actor=held.ines, supervision=held.pair, words="Me too.", about=about, now=NOW
    )
    assert elsewhere.about == "", "a walk of somebody else cannot be pointed at"


def test_both_say_yes_to_the_same_version(held: Held) -> None:
    theo, ines = held.cast.theo, held.ines
    services.put_on_agenda(actor=theo, supervision=held.pair, words="One.", now=NOW)
    kept = services.put_on_agenda(actor=theo, supervision=held.pair, words="Two.", is_shared=False, now=NOW)
    first = write(held.pair, NOW)
    with pytest.raises(Refused, match="already said yes"):
        services.sign_talk(actor=ines, talk=first, version=1, now=NOW)
    with pytest.raises(services.OutOfDate):
        services.write_talk(
            actor=theo, supervision=held.pair, held_on=NOW.date(), themes=[], words="", actions=[], now=NOW
        )
    second = services.write_talk(
        actor=theo, supervision=held.pair, held_on=NOW.date(), themes=["role"], words="Mine.", actions=[],
        after=1, now=NOW,
    )  # fmt: skip
    assert not second.yes_of(Side.SUPERVISOR), "a yes does not hold for words that came later"
    with pytest.raises(services.OutOfDate):
        services.sign_talk(actor=ines, talk=second, version=1, now=NOW)
    signed = services.sign_talk(actor=ines, talk=second, version=2, now=NOW)
    assert signed.is_signed
    assert [each.words for each in queries.agenda_of(held.pair, theo)] == ["Two."]
    kept.refresh_from_db()
    assert kept.taken_up is None


def test_what_both_signed_is_not_changed_any_more(held: Held) -> None:
    talk = talked(held.pair, NOW)
    with pytest.raises(Refused):
        services.sign_talk(actor=held.cast.theo, talk=talk, version=talk.version, now=NOW)
    for change in ({"state": TalkState.WRITTEN}, {"sealed": b"other"}, {"held_on": later(1).date()}):
        with pytest.raises((DatabaseError, IntegrityError)), transaction.atomic():
            Talk.objects.filter(pk=talk.pk).update(**change)
    assert MOVES[TalkState.SIGNED] == frozenset()


def test_a_talk_that_has_not_been_is_not_written_down(held: Held) -> None:
    with pytest.raises(Refused):
        write(held.pair, NOW, held_on=later(1).date())


def test_the_words_are_sealed_with_the_key_of_the_two(held: Held) -> None:
    talk = talked(held.pair, NOW, words="Nobody else reads this.")
    assert talk.sealed is not None
    assert b"Nobody else" not in bytes(talk.sealed)
    assert DataKey.objects.filter(kind="supervision", owner_id=held.pair.pk).exists()
    shown = queries.talk_shown(talk, held.cast.theo)
    assert shown.words == "Nobody else reads this."
    (action,) = shown.actions
    assert action.is_mine
    done = services.tick_action(actor=held.ines, action=action.action, is_done=True, now=NOW)
    assert done.done_at == NOW
    assert queries.still_to_do(queries.talks_shown(held.pair, held.cast.theo)) == []


def test_the_record_holds_ids_only(held: Held) -> None:
    services.put_on_agenda(
        actor=held.cast.theo, supervision=held.pair, words="Otters.", kind=ItemKind.LOAD, now=NOW
    )
    talked(held.pair, NOW, words="Otters again.")
    for record in Record.objects.filter(name__startswith="supervision."):
        assert "Otters" not in str(record.payload)


def test_deleting_everything_leaves_the_days_of_the_other(held: Held) -> None:
    talked(held.pair, NOW, words="What Ines said.")
    parts.erase(held.ines, later(1))
    talk = Talk.objects.get(supervision=held.pair)
    assert talk.sealed is None
    assert queries.talk_shown(talk, held.cast.theo).is_gone
    assert DataKey.objects.get(kind="supervision", owner_id=held.pair.pk).wrapped is None
    owed = queries.owed_by(held.cast.theo, held.cast.programme, later(2).date())
    assert owed is not None
    assert owed.last_on == NOW.date()


def test_the_download_has_ones_own_side(held: Held) -> None:
    services.put_on_agenda(
        actor=held.ines, supervision=held.pair, words="For Ines alone.", is_shared=False, now=NOW
    )
    talked(held.pair, NOW, words="For both.")
    exported: dict[str, Any] = parts.export_of(fresh(held.cast.theo))["supervision"]
    assert "For both." in str(exported)
    assert "For Ines alone." not in str(exported)
    assert "For both." not in str(parts.export_of(fresh(held.cast.cora)))
