"""What the database itself refuses: an offer where a tradition has none, an end date outside of sponsorship."""

from __future__ import annotations

from companionway.foundation.constraints import Never, never
from companionway.people.models import of_person, of_row, within_one_organisation
from companionway.sponsors.states import POSITION, SPONSORSHIP

_OF_GROUP = (
    "select 1 from groups_group g join people_programme p on p.id = g.programme_id where g.id = NEW.group_id"
)
# JSON as text reads the same in both databases.
_HAS_POSITION = f"""cast(p.model_data as text) like '%"key": "{POSITION}"%'"""

for _table in ("offer", "ask"):
    never(
        Never(
            name=f"sponsors_{_table}_where_there_are",
            table=f"sponsors_{_table}",
            app="sponsors",
            when=f"not exists ({_OF_GROUP} and {_HAS_POSITION})",
            says="In this tradition nobody is asked for this.",
            columns=("group_id",),
        )
    )
never(
    Never(
        name="sponsors_temporary_in_sponsorship",
        table="sponsors_temporary",
        app="sponsors",
        when="not exists (select 1 from support_relationship r join people_programme p on p.id = r.programme_id"
        f" where r.id = NEW.relationship_id and p.practice_model = '{SPONSORSHIP}' and not p.coordinator_sees)",
        says="Only a sponsorship begins for a while.",
        columns=("relationship_id",),
    )
)
_GROUP = of_row("groups_group", "group_id")
within_one_organisation("sponsors_offer", of_person("person_id"), _GROUP)
within_one_organisation("sponsors_ask", of_person("asker_id"), of_person("sponsor_id"), _GROUP)
