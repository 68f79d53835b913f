"""What the database itself refuses: minutes without a register, a decision told otherwise, a changed signature."""

from __future__ import annotations

from companionway.foundation.constraints import Never, Unchanging, never, unchanging
from companionway.people.models import Side, of_person, within_one_organisation

_OF_GROUP = (
    "select 1 from groups_group g join people_programme p on p.id = g.programme_id where g.id = {group}"
)
_KEEPS_MINUTES = """cast(p.model_data as text) like '%"keeps_minutes": true%'"""
_ITS_GROUP = "select m.group_id from association_minutes m where m.id = NEW.minutes_id"
_SIGNED = "select 1 from association_version v where v.minutes_id = {minutes} and v.state = 'signed'"
_AS_DECIDED = (
    "select 1 from groups_proposal q where q.id = NEW.proposal and q.decided_at is not null"
    f" and q.group_id = ({_ITS_GROUP}) and (q.state = 'passed') = NEW.passed"
    ' and (NEW.votes_yes is null or (NEW.votes_yes = q.yes and NEW.votes_no = q."no"'
    " and NEW.votes_aside = q.aside))"
)
_APPROVED = (
    "select 1 from groups_proposal q join association_version v on v.minutes_id = NEW.minutes_id"
    " and v.number = NEW.number - 1 where q.id = NEW.approved_by and q.state = 'passed'"
    f" and q.kind = 'motion' and q.group_id = ({_ITS_GROUP})"
    " and v.signed_at is not null and q.decided_at > v.signed_at"
)
_SAME_VERSION = (
    "select 1 from association_version v where v.id = NEW.id and v.state = 'signed' and not ("
    "NEW.state = v.state and NEW.minutes_id = v.minutes_id and NEW.number = v.number and NEW.sealed = v.sealed"
    " and coalesce(NEW.present, -1) = coalesce(v.present, -1) and NEW.members = v.members"
    " and NEW.needed = v.needed and coalesce(NEW.approved_by, 0) = coalesce(v.approved_by, 0)"
    " and NEW.signed_at = v.signed_at"
    " and (NEW.written_by_id is null or NEW.written_by_id = v.written_by_id))"
)
_SAME_SIGNATURE = (
    "select 1 from association_signature s where s.id = NEW.id and s.signed_at is not null and not ("
    "NEW.version_id = s.version_id and NEW.role = s.role and NEW.signed_at is not null"
    " and NEW.signed_at = s.signed_at and (NEW.person_id is null or NEW.person_id = s.person_id))"
)
_SAME_CHOSEN = (
    "select 1 from association_chosen c where c.id = NEW.id and c.minutes_id = NEW.minutes_id"
    " and c.role = NEW.role and c.since_on = NEW.since_on"
    " and (NEW.person_id is null or NEW.person_id = c.person_id)"
)

never(
    Never(
        name="association_minutes_where_members_are_kept",
        table="association_minutes",
        app="association",
        when=f"not exists ({_OF_GROUP.format(group='NEW.group_id')} and p.keeps_register"
        f" and g.kind in ('closed', 'cohort') and {_KEEPS_MINUTES})",
        says="Here there are neither a register nor minutes.",
        columns=("group_id",),
    )
)
never(
    Never(
        name="association_numbers_where_counted",
        table="association_version",
        app="association",
        when="NEW.present is not null and not exists ("
        + _OF_GROUP.format(group=f"({_ITS_GROUP})")
        + " and p.keeps_head_counts)",
        says="Here nobody counts who is there.",
        columns=("present", "minutes_id"),
    )
)
never(
    Never(
        name="association_decided_as_decided",
        table="association_decided",
        app="association",
        when=f"not exists ({_AS_DECIDED})",
        says="Minutes say what the members decided, and nothing else.",
    )
)
never(
    Never(
        name="association_decided_before_signed",
        table="association_decided",
        app="association",
        when=f"exists ({_SIGNED.format(minutes='NEW.minutes_id')})",
        says="These minutes are signed.",
    )
)
unchanging(
    Unchanging(
        name="association_decided_stays",
        table="association_decided",
        app="association",
        goes_when=f"not exists ({_SIGNED.format(minutes='OLD.minutes_id')}) or exists (select 1"
        " from association_minutes m where m.id = OLD.minutes_id and m.cleared_at is not null)",
        says="What was decided stays as it was decided.",
    )
)
never(
    Never(
        name="association_chosen_stays",
        table="association_chosen",
        app="association",
        when=f"exists ({_SIGNED.format(minutes='NEW.minutes_id')}) and not exists ({_SAME_CHOSEN})",
        says="These minutes are signed.",
    )
)
never(
    Never(
        name="association_signed_stays",
        table="association_version",
        app="association",
        when=f"exists ({_SAME_VERSION})",
        says="What two have signed is not changed any more.",
    )
)
never(
    Never(
        name="association_signed_by_two",
        table="association_version",
        app="association",
        when="NEW.state = 'signed' and 2 > (select count(*) from association_signature s"
        " where s.version_id = NEW.id and s.signed_at is not null)",
        says="Minutes are signed by two.",
        columns=("state",),
    )
)
never(
    Never(
        name="association_correction_approved_later",
        table="association_version",
        app="association",
        when=f"NEW.number > 1 and not exists ({_APPROVED})",
        says="A correction is approved by a later meeting first.",
        columns=("minutes_id", "number", "approved_by"),
    )
)
never(
    Never(
        name="association_signature_stays",
        table="association_signature",
        app="association",
        when=f"exists ({_SAME_SIGNATURE})",
        says="What two have signed is not changed any more.",
    )
)
_OF_MINUTES = (
    "(select w.organisation_id from association_minutes m join groups_group g on g.id = m.group_id"
    " join people_programme w on w.id = g.programme_id where m.id = {minutes})"
)
_OF_VERSION = _OF_MINUTES.format(
    minutes="(select v.minutes_id from association_version v where v.id = NEW.version_id)"
)
_MINE = Side("minutes_id", _OF_MINUTES.format(minutes="NEW.minutes_id"))
within_one_organisation("association_version", of_person("written_by_id"), _MINE)
within_one_organisation("association_chosen", of_person("person_id"), _MINE)
within_one_organisation("association_signature", of_person("person_id"), Side("version_id", _OF_VERSION))
