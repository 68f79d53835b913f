"""What the database itself refuses, whoever writes: who came, how many, and words, where they must not be."""

from __future__ import annotations

from companionway.foundation.constraints import Never, never
from companionway.people.models import Side, of_person, within_one_organisation

_OF_MEETING = (
    "select 1 from meetings_meeting m join meetings_series s on s.id = m.series_id"
    " join people_programme p on p.id = s.programme_id where m.id = NEW.meeting_id and "
)
_OF_SERIES = (
    "select 1 from meetings_series s join people_programme p on p.id = s.programme_id"
    " where s.id = NEW.series_id and "
)
_ORGANISATION = (
    "(select p.organisation_id from meetings_meeting m join meetings_series s on s.id = m.series_id"
    " join people_programme p on p.id = s.programme_id where m.id = NEW.meeting_id)"
)
_WAS_THERE = "select 1 from gatherings_share h where h.id = NEW.id"
_AGREED = "exists (select 1 from gatherings_counting c where c.series_id = s.id)"

never(
    Never(
        name="gatherings_nobody_on_a_seat",
        table="gatherings_seat",
        app="gatherings",
        when=f"NEW.person_id is not null and exists ({_OF_MEETING} not p.keeps_attendance)",
        says="In this programme nobody keeps who came.",
        columns=("person_id", "meeting_id"),
    )
)
never(
    Never(
        name="gatherings_nobody_at_the_door",
        table="gatherings_checkin",
        app="gatherings",
        when=f"NEW.sealed is not null and exists ({_OF_MEETING} not p.keeps_attendance)",
        says="In this programme nobody keeps who came.",
    )
)
never(
    Never(
        name="gatherings_no_heads_at_the_door",
        table="gatherings_checkin",
        app="gatherings",
        when=f"exists ({_OF_MEETING} not p.keeps_attendance and not (p.keeps_head_counts and {_AGREED}))",
        says="Here nobody counts who comes.",
    )
)
never(
    Never(
        name="gatherings_no_heads",
        table="meetings_meeting",
        app="gatherings",
        when=f"NEW.head_count is not null and exists ({_OF_SERIES} not (p.keeps_head_counts and {_AGREED}))",
        says="Here nobody counts who comes, or the group has not agreed to it.",
        columns=("head_count", "series_id"),
    )
)
never(
    Never(
        name="gatherings_no_counting",
        table="gatherings_counting",
        app="gatherings",
        when=f"exists ({_OF_SERIES} not p.keeps_head_counts)",
        says="In this programme nobody counts who comes.",
    )
)
never(
    Never(
        name="gatherings_no_hand_over",
        table="gatherings_handover",
        app="gatherings",
        when=f"exists ({_OF_SERIES} not p.keeps_notes)",
        says="In this programme no notes are kept.",
    )
)
never(
    Never(
        name="gatherings_no_words_of_outside",
        table="gatherings_outside",
        app="gatherings",
        when=f"NEW.sealed is not null and exists ({_OF_SERIES} not p.keeps_notes)",
        says="In this programme no notes are kept.",
        columns=("sealed", "series_id"),
    )
)
never(
    Never(
        name="gatherings_words_while_open",
        table="gatherings_share",
        app="gatherings",
        when="exists (select 1 from meetings_meeting m where m.id = NEW.meeting_id and m.state <> 'open')",
        says="This meeting is not open.",
        columns=("meeting_id", "sealed", "state"),
    )
)
never(
    Never(
        name="gatherings_quiet_is_quiet",
        table="gatherings_share",
        app="gatherings",
        when="exists (select 1 from gatherings_seat t where t.id = NEW.seat_id"
        " and (t.is_quiet or t.meeting_id <> NEW.meeting_id))",
        says="Nobody writes from a quiet seat, or from another meeting.",
        columns=("seat_id", "meeting_id"),
    )
)
never(
    Never(
        name="gatherings_read_first",
        table="gatherings_share",
        app="gatherings",
        when=f"NEW.state <> 'held' and not exists ({_WAS_THERE}) and exists ({_OF_MEETING} p.reads_first)",
        says="Somebody reads this before it is said.",
        columns=("meeting_id",),
    )
)
within_one_organisation("gatherings_seat", of_person("person_id"), Side("meeting_id", _ORGANISATION))
