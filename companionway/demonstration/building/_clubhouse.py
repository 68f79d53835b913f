"""A small house: three units with today's tasks, a meeting that was held, a record signed by both, a place to work."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, time, timedelta
from decimal import Decimal
from typing import Any

from companionway.clubhouse import policy
from companionway.clubhouse import services as house
from companionway.clubhouse.states import HOUSE_MEETING
from companionway.demonstration.building._data import ago, read
from companionway.jointrecords import services as records
from companionway.meetings import services as meetings
from companionway.meetings.services import SeriesDetails
from companionway.meetings.states import Way
from companionway.people import practice_models, roles
from companionway.people import services as people
from companionway.people.models import Organisation, Person, Programme, RoleHeld
from companionway.placements import queries as work
from companionway.placements import services as placements

People = Mapping[str, Person]


def open_doors(organisation: Organisation, gathered: People, now: datetime) -> None:
    kept = read("clubhouse")
    programme = _programme(organisation, kept, ago(now, 60, 9))
    for role, names in ((roles.MEMBER, kept["members"]), (roles.SUPERVISOR, kept["staff"])):
        for name in names:
            RoleHeld.objects.get_or_create(
                person=gathered[name], role=role, programme=programme, defaults={"since_at": ago(now, 50, 9)}
            )
    here = {name: Person.objects.get(pk=gathered[name].pk) for name in (*kept["members"], *kept["staff"])}
    for row in kept["unit"]:
        _begin_unit(programme, row, here, now)
    _meet_regularly(programme, kept, gathered[kept["arranges"]], now)
    decision = _meet(programme, kept["meeting"], here, now)
    _write(programme, kept["record"], here, now)
    _work(programme, kept["work"], decision, here, now)


def _programme(organisation: Organisation, kept: dict[str, Any], at: datetime) -> Programme:
    """The organisation's own house, or a new one: by its tradition's file, or as long as there is none by hand."""
    found = Programme.objects.filter(organisation=organisation, practice_model=policy.KEY).first()
    if found is not None:
        return found
    given = {"name": kept["name"], "summary": kept["summary"]}
    if any(each.key == policy.KEY for each in practice_models.available()):
        return people.create_programme(
            actor=None, organisation=organisation, practice_model=policy.KEY, now=at, **given
        )
    words = practice_models.data_of("one_to_one_charity")
    return Programme.objects.create(
        organisation=organisation, practice_model=policy.KEY, model_data=words, is_open=False, keeps_notes=True,
        keeps_agreements=True, keeps_attendance=True, coordinator_sees=True, created_at=at, **given,
    )  # fmt: skip


def _begin_unit(programme: Programme, row: dict[str, Any], here: People, now: datetime) -> None:
    begun_by, carer = here[row["begun_by"]], here[row["carer"]]
    unit = house.begin_unit(
        actor=begun_by, programme=programme, name=row["name"], about=row["about"], now=ago(now, 40, 10)
    )
    for each in (begun_by, carer):
        house.choose_unit(actor=each, unit=unit, is_mine=True, now=ago(now, 39, 10))
    house.care_for_unit(actor=carer, unit=unit, now=now)
    for each in row["again"]:
        again = house.begin_recurring(
            actor=begun_by, unit=unit, weekdays=range(7), work=house.Work(**each), now=now
        )
        first = again.tasks.earliest("day")
        house.take_task(actor=carer, task=first, now=now)


def _meet_regularly(programme: Programme, kept: dict[str, Any], helper: Person, now: datetime) -> None:
    """Every week. A coordinator who helped to open the house set it, and has left the house since."""
    at, given = ago(now, 58, 10), dict(kept["series"])
    held = RoleHeld.objects.create(
        person=helper, role=roles.COORDINATOR, programme=programme, since_at=ago(now, 59, 9)
    )
    details = SeriesDetails(
        zone=programme.organisation.time_zone,
        starts_on=(now + timedelta(days=5)).date(),
        begins=time.fromisoformat(given.pop("begins")),
        rule="FREQ=WEEKLY",
        way=Way.IN_PERSON,
        format_key=HOUSE_MEETING,
        **given,
    )
    meetings.begin_series(
        actor=Person.objects.get(pk=helper.pk), programme=programme, details=details, now=at
    )
    people.end_role(actor=Person.objects.get(pk=helper.pk), held=held, now=ago(now, 50, 10))


def _meet(programme: Programme, row: dict[str, Any], here: People, now: datetime) -> Any:
    """Last week's meeting, closed, its minutes waiting for the next; returns what was decided."""
    day, nerys = ago(now, 9, 11), here["Nerys"]
    made = house.arrange_meeting(actor=here["Vera"], programme=programme, on=day.date(), now=ago(now, 14, 11))
    house.add_item(actor=here[row["item_by"]], meeting=made, words=row["item"], now=ago(now, 12, 11))
    house.open_meeting(actor=here["Vera"], meeting=made, now=day)
    decision = house.write_decision(
        actor=nerys, meeting=made, words=row["decision"], how=row["decided"], now=day
    )
    house.write_action(actor=here[row["action_by"]], meeting=made, words=row["action"], is_mine=True, now=day)
    house.write_minutes(actor=here["Vera"], meeting=made, words=row["minutes"], after=0, now=day)
    house.close_meeting(actor=here["Vera"], meeting=made, now=day)
    coming = house.arrange_meeting(
        actor=here["Domnica"], programme=programme, on=(now + timedelta(days=5)).date(), now=now
    )
    house.add_item(actor=here[row["next_item_by"]], meeting=coming, words=row["next_item"], now=now)
    return decision


def _write(programme: Programme, row: dict[str, Any], here: People, now: datetime) -> None:
    member, other = here[row["member"]], here[row["other"]]
    asked = records.ask_for_record(
        actor=member, programme=programme, member=member, other=other, kind="goal", now=ago(now, 6, 10)
    )
    records.agree_to_record(actor=other, record=asked, now=ago(now, 6, 12))
    records.write_record(actor=member, record=asked, words=row["words"], after=0, now=ago(now, 6, 14))
    for who in (member, other):
        records.sign_record(actor=who, record=asked, version=1, now=ago(now, 5, 10))


def _work(programme: Programme, row: dict[str, Any], decision: Any, here: People, now: datetime) -> None:
    holder, covers, at = here[row["holder"]], here[row["covers"]], ago(now, 8, 10)
    said = {each: row[each] for each in ("kind", "employer", "place", "title", "about")}
    wage = Decimal(row["wage"])
    job = placements.Job(
        **said, hours_a_week=Decimal(row["hours_a_week"]), wage=wage, prevailing_wage=wage, begins=time(9),
        ends=time(12), weekdays=range(5), longest_days=200,
    )  # fmt: skip
    place = placements.begin_placement(actor=here["Vera"], programme=programme, job=job, now=ago(now, 20, 10))
    placements.say_interest(actor=holder, placement=place, now=ago(now, 18, 10))
    wish = place.interests.get(person=holder)
    chosen = placements.choose_holder(actor=here["Vera"], interest=wish, decision=decision, now=at)
    placements.begin_work(actor=holder, holding=chosen, from_on=at.date(), knows_benefits=True, now=at)
    placements.offer_cover(actor=covers, placement=place, weekdays=range(5), now=at)
    placements.lay_out_work_days(actor=None, now=now)
    _places, days = work.work_for(holder, programme, now.date())
    mine = [each.day for each in days if each.is_mine]
    placements.say_cannot_come(actor=holder, day=mine[2], now=now)
