"""What the database itself refuses: company that nobody may ask for, that somebody is kept from, or that is changed."""

from __future__ import annotations

from companionway.foundation.constraints import Never, never
from companionway.people.models import of_person, of_programme, within_one_organisation
from companionway.safety.walls import apart

_BEFORE = "exists (select 1 from steps_company c where c.id = NEW.id and c.state <> 'asked' and {changed})"

within_one_organisation(
    "steps_company", of_person("member_id"), of_person("companion_id"), of_programme("programme_id")
)
never(
    Never(
        name="steps_company_by_ground",
        table="steps_company",
        app="steps",
        when="(NEW.relationship_id is not null and not exists (select 1 from support_relationship r"
        " where r.id = NEW.relationship_id and r.member_id = NEW.member_id"
        " and r.supporter_id = NEW.companion_id and r.programme_id = NEW.programme_id))"
        " or (NEW.hold_id is not null and not exists (select 1 from meetings_holds h"
        " join meetings_series s on s.id = h.series_id where h.id = NEW.hold_id"
        " and h.person_id = NEW.companion_id and s.programme_id = NEW.programme_id))"
        " or (NEW.meeting_id is not null and not exists (select 1 from meetings_meeting m"
        " join meetings_series s on s.id = m.series_id where m.id = NEW.meeting_id"
        " and s.programme_id = NEW.programme_id))",
        says="Only one's own supporter, or somebody who holds a meeting here, is asked to be alongside.",
        columns=("relationship_id", "hold_id", "meeting_id", "member_id", "companion_id", "programme_id"),
    )
)
never(
    Never(
        name="steps_company_kept_apart",
        table="steps_company",
        app="steps",
        when="NEW.state in ('asked', 'later', 'yes') and " + apart("NEW.member_id", "NEW.companion_id"),
        says="These two are kept apart.",
        columns=("state", "member_id", "companion_id"),
    )
)
never(
    Never(
        name="steps_company_adults_apart",
        table="steps_company",
        app="steps",
        when="NEW.state in ('asked', 'later', 'yes') and exists (select 1 from people_programme p"
        " where p.id = NEW.programme_id and p.keeps_adults_apart) and (select m.age_band from people_person m"
        " where m.id = NEW.member_id) <> (select c.age_band from people_person c where c.id = NEW.companion_id)",
        says="Adults have no private words with young people here.",
        columns=("state", "member_id", "companion_id", "programme_id"),
    )
)
never(
    Never(
        name="steps_company_never_written",
        table="steps_company",
        app="steps",
        when="NEW.state in ('asked', 'later', 'yes') and not exists (select 1 from people_programme p"
        " where p.id = NEW.programme_id and p.keeps_agreements)",
        says="In this programme no agreements are written down.",
        columns=("state", "programme_id"),
    )
)
never(
    Never(
        name="steps_company_as_agreed",
        table="steps_company",
        app="steps",
        when=_BEFORE.format(
            changed="(c.sealed <> NEW.sealed or (NEW.tells_holders and not c.tells_holders)"
            " or c.companion_id <> NEW.companion_id or c.member_id <> NEW.member_id)"
        ),
        says="What was agreed is exactly what is shared.",
        columns=("sealed", "tells_holders", "companion_id", "member_id"),
    )
)
