"""No space for staff only, nor for some members only: refused by the database also for what other rooms make.

Of every programme whose tradition says so (`has_no_staff_space`). Source: Standards for Clubhouse Programs, no
staff-only and no member-only meetings and spaces (domain.md 1.2); what is kept for safeguarding is no space.
Meetings have their own wall (`meetings_no_staff_space`).
"""

from __future__ import annotations

from companionway.foundation.constraints import Never, never

_OPEN_TO_ALL = "exists (select 1 from people_programme p where p.id = {programme} and p.has_no_staff_space)"
_PLACE_OF_MANY = (
    "select 1 from conversations_conversation c join people_programme p on p.id = c.programme_id"
    " where c.id = NEW.conversation_id and c.heading <> '' and p.has_no_staff_space"
)
# Its group is open and stands in the list: of other groups there are none here.
_OF_A_GROUP = "select 1 from groups_group g where g.space_id = NEW.conversation_id"

never(
    Never(
        name="clubhouse_groups_open_to_all",
        table="groups_group",
        app="clubhouse",
        when="(NEW.kind in ('closed', 'cohort') or not NEW.is_listed) and "
        + _OPEN_TO_ALL.format(programme="NEW.programme_id"),
        says="Here every group is open to every member.",
        columns=("kind", "is_listed", "programme_id"),
    )
)
never(
    Never(
        name="clubhouse_places_open_to_all",
        table="conversations_participant",
        app="clubhouse",
        when=f"exists ({_PLACE_OF_MANY} and not exists ({_OF_A_GROUP}))",
        says="Here every place to write in is open to every member.",
        columns=("conversation_id",),
    )
)
