"""The whole permission table of the house, on one page a service manager can read.

A role is held in one programme (or in the organisation as a whole) and for a period; never by the account.
"""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy as _

MEMBER: Final = "member"
SUPPORTER: Final = "supporter"
COORDINATOR: Final = "coordinator"
ADMINISTRATOR: Final = "administrator"

TITLES: Final = {
    MEMBER: _("Member"),
    SUPPORTER: _("Peer supporter"),
    COORDINATOR: _("Coordinator"),
    ADMINISTRATOR: _("Administrator"),
}

# permission -> what it lets somebody do, in words for a manager
PERMISSIONS: Final = {
    "support.ask": _("Ask for a peer supporter and choose one"),
    "support.accompany": _("Be a peer supporter: say yes or no to requests, talk, keep own limits"),
    "introductions.coordinate": _("See who is waiting, for how long, and propose introductions"),
    "introductions.never_with": _("Record that two people must never be brought together"),
    "support.oversee": _("See that relationships exist, their state and dates; not what is said in them"),
    "conversations.look_inside": _("Open a conversation for a stated reason that both people are shown"),
    "safety.answer_reports": _("Read and answer reports"),
    "safety.keep_helplines": _("Keep the telephone numbers on the Help now page true"),
    "insight.fairness": _("See waits and introductions by group, small numbers hidden"),
    "people.administer": _(
        "Create programmes, choose practice models and words, give and end roles, set hours"
    ),
    "people.import": _("Bring in an existing service's list of people"),
}

GRANTS: Final[dict[str, frozenset[str]]] = {
    MEMBER: frozenset({"support.ask"}),
    SUPPORTER: frozenset({"support.accompany"}),
    COORDINATOR: frozenset(
        {
            "introductions.coordinate",
            "introductions.never_with",
            "support.oversee",
            "conversations.look_inside",
            "safety.answer_reports",
            "insight.fairness",
        }
    ),
    ADMINISTRATOR: frozenset(
        {"people.administer", "people.import", "safety.keep_helplines", "insight.fairness"}
    ),
}

# Who may only act after a second proof at sign-in (passkey or six-digit code).
STAFF: Final = frozenset({COORDINATOR, ADMINISTRATOR})


def roles_granting(permission: str) -> list[str]:
    return [role for role, granted in GRANTS.items() if permission in granted]
