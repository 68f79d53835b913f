"""What the database itself refuses, whoever writes: eyes that nobody asked for, and a change of what was signed."""

from __future__ import annotations

from companionway.foundation.constraints import Never, never
from companionway.people.models import Side, of_person, of_row, within_one_organisation

_WALK = (
    "select 1 from support_sharednote n join support_relationship r on r.id = n.relationship_id"
    " join people_programme p on p.id = r.programme_id"
    " join supervision_supervision s on s.id = NEW.supervision_id where n.id = NEW.note_id"
)
_BEFORE = "exists (select 1 from reading_pagereading g where g.id = NEW.id and {also})"
_ORGANISATION = (
    "(select p.organisation_id from support_sharednote n join support_relationship r on r.id = n.relationship_id"
    " join people_programme p on p.id = r.programme_id where n.id = {note})"
)

_ENDED = (
    " and exists (select 1 from supervision_supervision s where s.id = NEW.supervision_id"
    " and s.ended_at is not null)"
)
_NOT_THE_READER = (
    "exists (select 1 from reading_pagereading g join supervision_supervision s on s.id = g.supervision_id"
    " where g.id = NEW.reading_id and s.supervisor_id <> NEW.{who})"
)
_ITS_PAGE = "(select g.note_id from reading_pagereading g where g.id = NEW.reading_id)"

never(
    Never(
        name="reading_never_where_none",
        table="reading_pagereading",
        app="reading",
        when=f"NEW.state <> 'closed' and exists ({_WALK} and not (p.keeps_notes and p.coordinator_sees))",
        says="In this programme nobody else reads what two people write.",
        columns=("note_id", "state", "version"),
    )
)
never(
    Never(
        name="reading_by_their_supervisor",
        table="reading_pagereading",
        app="reading",
        when=f"NEW.state <> 'closed' and exists ({_WALK} and (s.supporter_id <> r.supporter_id"
        " or s.programme_id <> r.programme_id or s.supervisor_id = r.member_id))",
        says="Only the supporter's own practice supervisor reads a page.",
        columns=("note_id", "supervision_id", "state"),
    )
)
never(
    Never(
        name="reading_while_in_force",
        table="reading_pagereading",
        app="reading",
        when="NEW.state in ('waiting', 'answered', 'signed') and "
        + _BEFORE.format(also="g.state <> NEW.state")
        + _ENDED,
        says="Whoever is their practice supervisor no more reads and signs nothing.",
        columns=("state",),
    )
)
never(
    Never(
        name="reading_signed_stays",
        table="reading_pagereading",
        app="reading",
        when=_BEFORE.format(
            also="g.state = 'signed' and (NEW.state <> 'signed' or NEW.note_id <> g.note_id"
            " or NEW.supervision_id <> g.supervision_id or NEW.version <> g.version"
            " or NEW.member_number <> g.member_number or NEW.supporter_number <> g.supporter_number)"
        ),
        says="What was signed is not changed any more.",
        columns=("state", "note_id", "supervision_id", "version", "member_number", "supporter_number"),
    )
)
# A yes is a yes to a version: what is agreed to never changes under a yes.
never(
    Never(
        name="reading_yes_to_a_version",
        table="reading_pagereading",
        app="reading",
        when="NEW.state in ('waiting', 'answered', 'signed') and "
        + _BEFORE.format(
            also="(NEW.member_number <> g.member_number or NEW.supporter_number <> g.supporter_number)"
        ),
        says="A newer version asks both anew.",
        columns=("state", "member_number", "supporter_number"),
    )
)
# Versions up to the signed ones are let in: a backup that is put back brings rows in any order.
never(
    Never(
        name="reading_signed_page",
        table="support_notevoice",
        app="reading",
        when="exists (select 1 from reading_pagereading g join support_sharednote n on n.id = g.note_id"
        " join support_relationship r on r.id = n.relationship_id where g.state = 'signed' and (("
        "g.note_id = NEW.note_id and NEW.number > case when NEW.author_id = r.member_id then g.member_number"
        " when NEW.author_id = r.supporter_id then g.supporter_number else 0 end)"
        " or exists (select 1 from support_notevoice v where v.id = NEW.id and v.note_id = g.note_id"
        " and (v.note_id <> NEW.note_id or v.sealed <> NEW.sealed or v.number <> NEW.number"
        " or v.author_id <> NEW.author_id))))",
        says="This page is signed. What comes later stands on a new page.",
    )
)
for _table, _who in {"reading_opening": "reader_id", "reading_remark": "author_id"}.items():
    never(
        Never(
            name=f"{_table}_by_the_reader",
            table=_table,
            app="reading",
            when=_NOT_THE_READER.format(who=_who),
            says="Only the practice supervisor whom both asked reads and answers a page.",
            columns=("reading_id", _who),
        )
    )
    within_one_organisation(_table, of_person(_who), Side("reading_id", _ORGANISATION.format(note=_ITS_PAGE)))
within_one_organisation(
    "reading_pagereading",
    of_person("asked_by_id"),
    of_row("supervision_supervision", "supervision_id"),
    Side("note_id", _ORGANISATION.format(note="NEW.note_id")),
)
