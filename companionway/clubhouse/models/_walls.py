"""What the database itself refuses, whoever writes: two side by side who must never meet, agreed minutes changed."""

from __future__ import annotations

from companionway.foundation.constraints import Never, never
from companionway.people.models import Side, of_person, of_programme, of_row, within_one_organisation
from companionway.safety.walls import apart

_APART = apart("h.person_id", "NEW.person_id")
_BESIDE = (
    "select 1 from clubhouse_hand h where h.task_id = NEW.task_id and h.until_at is null"
    " and h.person_id <> NEW.person_id"
)
_OF_UNIT = (
    "(select w.organisation_id from clubhouse_unit u join people_programme w on w.id = u.programme_id"
    " where u.id = {unit})"
)
_OF_TASK = _OF_UNIT.format(unit="(select t.unit_id from clubhouse_task t where t.id = NEW.task_id)")
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
        name="clubhouse_attendance_kept_here",
        table="clubhouse_here",
        app="clubhouse",
        when="not exists (select 1 from people_programme p where p.id = NEW.programme_id and p.keeps_attendance)",
        says="This programme never keeps who was there.",
    )
)

for _table, *_people in (
    ("clubhouse_unit", "carer_id"),
    ("clubhouse_here", "person_id"),
):
    within_one_organisation(_table, of_programme(), *(of_person(each) for each in _people))
for _table, _column, _parent in (
    ("clubhouse_agendaitem", "author_id", "clubhouse_housemeeting"),
    ("clubhouse_housedecision", "written_by_id", "clubhouse_housemeeting"),
    ("clubhouse_houseaction", "carer_id", "clubhouse_housemeeting"),
    ("clubhouse_minutes", "written_by_id", "clubhouse_housemeeting"),
):
    within_one_organisation(_table, of_person(_column), of_row(_parent, "meeting_id"))
for _table in ("clubhouse_hand", "clubhouse_thanks"):
    within_one_organisation(_table, of_person("person_id"), Side("task_id", _OF_TASK))
within_one_organisation(
    "clubhouse_task", of_person("begun_by_id"), Side("unit_id", _OF_UNIT.format(unit="NEW.unit_id"))
)
within_one_organisation("clubhouse_inunit", of_person("person_id"), of_row("clubhouse_unit", "unit_id"))
