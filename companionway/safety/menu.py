"""The places this room adds to the menu of those whose work they are."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from companionway.foundation.prepared import Statement, statement_of
from companionway.people.models import Person
from companionway.safety import policy
from companionway.safety.states import ReportState
from companionway.ui.menu import MenuItem
from companionway.ui.menu import register as register_item


class Shown:
    """Whether the person asking holds a permission somewhere."""

    def __init__(self, permission: str) -> None:
        self.permission = permission

    def __call__(self, request: HttpRequest) -> bool:
        return isinstance(request.user, Person) and request.user.holds(self.permission)


def _waiting_reports(request: HttpRequest) -> Statement:
    assert isinstance(request.user, Person)
    return statement_of(policy.reports_answerable_by(request.user).filter(state=ReportState.OPEN))


def register() -> None:
    items = (
        MenuItem(
            "reports", _("Reports"), "safety:reports", "flag", 60, Shown(policy.ANSWER), _waiting_reports
        ),
        MenuItem("apart", _("Kept apart"), "safety:apart", "block", 62, Shown(policy.KEEP_APART)),
        MenuItem("numbers", _("Help numbers"), "safety:numbers", "phone", 64, Shown(policy.KEEP_LINES)),
    )
    for item in items:
        register_item(item)
