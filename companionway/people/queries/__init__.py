"""What others may ask about people. Rows without a living consent or outside their audience do not come out."""

from companionway.people.nights import Night, night_of
from companionway.people.queries._consents import agrees_to, consenting, consents_of, has_consent
from companionway.people.queries._forks import (
    Fork,
    GroupDifference,
    forks_of,
    group_differences,
    records_to_give_up,
    shipped_groups,
)
from companionway.people.queries._names import free_names_like, is_name_free
from companionway.people.queries._organisation import (
    Difference,
    WhichOrganisation,
    differences,
    open_programmes,
    organisation,
    organisation_at,
    programmes_of,
    programmes_open_to,
    public_url,
    service_name,
    within,
    youth_may_join,
)
from companionway.people.queries._profiles import (
    Item,
    Needs,
    experience_keys,
    is_quiet_now,
    needs_of,
    night_ends,
    profile_items,
)
from companionway.people.queries._records import Read, reads_about
from companionway.people.queries._sessions import device_with_session, is_session_of, person_of_session
from companionway.people.queries._standing import (
    is_stopped,
    over,
    stops_gone_over,
    stops_of,
    takes_no_part,
)
from companionway.people.reading import was_told_before

__all__ = [
    "agrees_to",
    "Difference",
    "Item",
    "Needs",
    "Read",
    "WhichOrganisation",
    "consenting",
    "consents_of",
    "device_with_session",
    "differences",
    "experience_keys",
    "free_names_like",
    "has_consent",
    "is_name_free",
    "is_quiet_now",
    "is_session_of",
    "is_stopped",
    "needs_of",
    "Night",
    "night_ends",
    "night_of",
    "open_programmes",
    "organisation",
    "over",
    "organisation_at",
    "person_of_session",
    "profile_items",
    "programmes_of",
    "programmes_open_to",
    "public_url",
    "reads_about",
    "service_name",
    "stops_gone_over",
    "stops_of",
    "takes_no_part",
    "was_told_before",
    "within",
    "youth_may_join",
    "Fork",
    "GroupDifference",
    "forks_of",
    "group_differences",
    "records_to_give_up",
    "shipped_groups",
]
