"""What the database itself refuses: two who must never meet at one place, a place of the house nobody decided on."""

from __future__ import annotations

from companionway.foundation.constraints import Never, never
from companionway.people.models import of_person, of_programme, of_row, within_one_organisation
from companionway.placements.states import JobKind
from companionway.safety.walls import apart

_APART = apart("h.person_id", "NEW.person_id")
_IN_PLACE_OF = (
    "select 1 from placements_holding h where h.placement_id = NEW.placement_id"
    " and h.from_on is not null and h.ended_on is null and h.person_id <> NEW.person_id"
)
_ITS_PLACE = "select 1 from placements_placement p where p.id = NEW.placement_id"

never(
    Never(
        name="placements_not_together_on_cover",
        table="placements_workday",
        app="placements",
        when=f"NEW.person_id is not null and exists ({_IN_PLACE_OF} and {_APART})",
        says="This day is not free just now.",
        columns=("person_id", "placement_id"),
    )
)
never(
    Never(
        name="placements_house_decides",
        table="placements_holding",
        app="placements",
        when=f"exists ({_ITS_PLACE} and p.kind = '{JobKind.TRANSITIONAL.value}' and (NEW.decision_id is null"
        " or (NEW.from_on is not null and NEW.until_on is null)))",
        says="A place of the house is given by the house, and for a time.",
    )
)

for _table in ("placements_interest", "placements_holding", "placements_cancover", "placements_workday"):
    within_one_organisation(_table, of_person("person_id"), of_row("placements_placement", "placement_id"))
within_one_organisation("placements_placement", of_programme(), of_row("placements_employer", "employer_id"))
