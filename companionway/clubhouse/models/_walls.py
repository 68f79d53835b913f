"""What the database itself refuses, whoever writes: two who must never meet side by side, a changed signature."""

from __future__ import annotations

from companionway.clubhouse.states import JobKind
from companionway.foundation.constraints import Never, Unchanging, never, unchanging
from companionway.people.models import Side, of_person, of_programme, of_row, within_one_organisation

_APART = (
    "(exists (select 1 from safety_block b where b.lifted_at is null and"
    " ((b.blocker_id = h.person_id and b.blocked_id = NEW.person_id)"
    " or (b.blocker_id = NEW.person_id and b.blocked_id = h.person_id)))"
    " or exists (select 1 from safety_keptapart k where k.ended_at is null and"
    " ((k.one_id = h.person_id and k.other_id = NEW.person_id)"
    " or (k.one_id = NEW.person_id and k.other_id = h.person_id))))"
)
_BESIDE = (
    "select 1 from clubhouse_hand h where h.task_id = NEW.task_id and h.until_at is null"
    " and h.person_id <> NEW.person_id"
)
_IN_PLACE_OF = (
    "select 1 from clubhouse_holding h where h.placement_id = NEW.placement_id"
    " and h.from_on is not null and h.ended_on is null and h.person_id <> NEW.person_id"
)
_ITS_PLACE = "select 1 from clubhouse_placement p where p.id = NEW.placement_id"
_BEFORE = (
    "exists (select 1 from clubhouse_houserecord g where g.id = NEW.id and g.state = 'signed' and {also})"
)
_OF_UNIT = (
    "(select w.organisation_id from clubhouse_unit u join people_programme w on w.id = u.programme_id"
    " where u.id = {unit})"
)
_OF_TASK = _OF_UNIT.format(unit="(select t.unit_id from clubhouse_task t where t.id = NEW.task_id)")
_OF_WISH = (
    "(select w.organisation_id from clubhouse_reachwish r join people_programme w on w.id = r.programme_id"
    " where r.id = NEW.wish_id)"
)
_OF_RECORD = (
    "(select w.organisation_id from clubhouse_houserecord r join people_programme w on w.id = r.programme_id"
    " where r.id = NEW.record_id)"
)

never(
    Never(
        name="clubhouse_not_side_by_side",
        table="clubhouse_hand",
        app="clubhouse",
        when=f"NEW.until_at is null and exists ({_BESIDE} and {_APART})",
        says="This task is not free just now.",
    )
)
never(
    Never(
        name="clubhouse_not_together_on_cover",
        table="clubhouse_workday",
        app="clubhouse",
        when=f"NEW.person_id is not null and exists ({_IN_PLACE_OF} and {_APART})",
        says="This day is not free just now.",
        columns=("person_id", "placement_id"),
    )
)
never(
    Never(
        name="clubhouse_closed_meetings_never",
        table="clubhouse_house",
        app="clubhouse",
        when="exists (select 1 from meetings_series s where s.id = NEW.series_id and (s.is_closed"
        " or s.programme_id <> NEW.programme_id))",
        says="The house meeting is open to everybody who belongs.",
    )
)
never(
    Never(
        name="clubhouse_series_never_closed",
        table="meetings_series",
        app="clubhouse",
        when="NEW.is_closed and exists (select 1 from clubhouse_house h where h.series_id = NEW.id)",
        says="The house meeting is open to everybody who belongs.",
        columns=("is_closed",),
    )
)
never(
    Never(
        name="clubhouse_agreed_minutes",
        table="clubhouse_minutes",
        app="clubhouse",
        when="exists (select 1 from clubhouse_housemeeting m where m.id = NEW.meeting_id and m.state = 'agreed'"
        " and not exists (select 1 from clubhouse_minutes n where n.id = NEW.id and n.sealed = NEW.sealed"
        " and n.number = NEW.number))",
        says="These minutes are agreed. What is different now belongs to a later meeting.",
        columns=("sealed", "number", "meeting_id"),
    )
)
never(
    Never(
        name="clubhouse_records_kept_here",
        table="clubhouse_houserecord",
        app="clubhouse",
        when="not exists (select 1 from people_programme p where p.id = NEW.programme_id and p.keeps_notes)",
        says="This programme never keeps notes.",
        columns=("programme_id",),
    )
)
never(
    Never(
        name="clubhouse_attendance_kept_here",
        table="clubhouse_here",
        app="clubhouse",
        when="not exists (select 1 from people_programme p where p.id = NEW.programme_id and p.keeps_attendance)",
        says="This programme never keeps who was there.",
    )
)
never(
    Never(
        name="clubhouse_signed_stays",
        table="clubhouse_houserecord",
        app="clubhouse",
        when=_BEFORE.format(
            also="(NEW.state <> 'signed' or NEW.version <> g.version or NEW.member_id <> g.member_id"
            " or NEW.other_id <> g.other_id or NEW.programme_id <> g.programme_id or NEW.kind <> g.kind"
            " or NEW.signed_at <> g.signed_at)"
        ),
        says="What both signed is not changed any more.",
    )
)
never(
    Never(
        name="clubhouse_signed_takes_no_words",
        table="clubhouse_recordversion",
        app="clubhouse",
        when="exists (select 1 from clubhouse_houserecord g where g.id = NEW.record_id and"
        " (g.state = 'asked' or (g.state = 'signed' and NEW.number > g.version)))",
        says="Words are written after both said yes, and before both signed.",
    )
)
never(
    Never(
        name="clubhouse_written_by_the_two",
        table="clubhouse_recordversion",
        app="clubhouse",
        when="exists (select 1 from clubhouse_houserecord g where g.id = NEW.record_id"
        " and g.member_id <> NEW.author_id and g.other_id <> NEW.author_id)",
        says="Only the two write here.",
    )
)
unchanging(
    Unchanging(
        name="clubhouse_version_stands",
        table="clubhouse_recordversion",
        app="clubhouse",
        goes_when="not exists (select 1 from clubhouse_houserecord g where g.id = OLD.record_id"
        " and g.state = 'signed' and g.cleared_at is null)",
        says="What was written stays as it was written, and what both signed stays.",
    )
)
never(
    Never(
        name="clubhouse_house_decides",
        table="clubhouse_holding",
        app="clubhouse",
        when=f"exists ({_ITS_PLACE} and p.kind = '{JobKind.TRANSITIONAL.value}' and (NEW.decision_id is null"
        " or (NEW.from_on is not null and NEW.until_on is null)))",
        says="A place of the house is given by the house, and for a time.",
    )
)

for _table, *_people in (
    ("clubhouse_unit", "carer_id"),
    ("clubhouse_here", "person_id"),
    ("clubhouse_reachwish", "person_id"),
    ("clubhouse_houserecord", "member_id", "other_id", "asked_by_id"),
):
    within_one_organisation(_table, of_programme(), *(of_person(each) for each in _people))
for _table, _column, _parent in (
    ("clubhouse_agendaitem", "author_id", "clubhouse_housemeeting"),
    ("clubhouse_housedecision", "written_by_id", "clubhouse_housemeeting"),
    ("clubhouse_houseaction", "carer_id", "clubhouse_housemeeting"),
    ("clubhouse_minutes", "written_by_id", "clubhouse_housemeeting"),
):
    within_one_organisation(_table, of_person(_column), of_row(_parent, "meeting_id"))
for _table in ("clubhouse_interest", "clubhouse_holding", "clubhouse_cancover", "clubhouse_workday"):
    within_one_organisation(_table, of_person("person_id"), of_row("clubhouse_placement", "placement_id"))
for _table in ("clubhouse_hand", "clubhouse_thanks"):
    within_one_organisation(_table, of_person("person_id"), Side("task_id", _OF_TASK))
within_one_organisation(
    "clubhouse_task", of_person("begun_by_id"), Side("unit_id", _OF_UNIT.format(unit="NEW.unit_id"))
)
within_one_organisation("clubhouse_inunit", of_person("person_id"), of_row("clubhouse_unit", "unit_id"))
within_one_organisation("clubhouse_placement", of_programme(), of_row("clubhouse_employer", "employer_id"))
within_one_organisation("clubhouse_reachby", of_person("person_id"), Side("wish_id", _OF_WISH))
within_one_organisation("clubhouse_missed", of_person("taken_by_id"), Side("wish_id", _OF_WISH))
within_one_organisation("clubhouse_recordversion", of_person("author_id"), Side("record_id", _OF_RECORD))
within_one_organisation("clubhouse_recordlook", of_person("reader_id"), Side("record_id", _OF_RECORD))
