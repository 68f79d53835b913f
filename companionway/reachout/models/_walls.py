"""What the database itself refuses: wishes and people of two organisations together."""

from __future__ import annotations

from companionway.people.models import Side, of_person, of_programme, within_one_organisation

_OF_WISH = (
    "(select w.organisation_id from reachout_reachwish r join people_programme w on w.id = r.programme_id"
    " where r.id = NEW.wish_id)"
)

within_one_organisation("reachout_reachwish", of_programme(), of_person("person_id"))
within_one_organisation("reachout_reachby", of_person("person_id"), Side("wish_id", _OF_WISH))
within_one_organisation("reachout_missed", of_person("taken_by_id"), Side("wish_id", _OF_WISH))
