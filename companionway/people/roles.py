"""The whole permission table of the house, on one page a service manager can read.

A role is held in one programme (or in the organisation as a whole) and for a period; never by the account.
"""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy as _

MEMBER: Final = "member"
SUPPORTER: Final = "supporter"
SUPERVISOR: Final = "supervisor"
MENTOR: Final = "mentor"
ON_CALL: Final = "on_call"
SAFEGUARDING_LEAD: Final = "safeguarding_lead"
COORDINATOR: Final = "coordinator"
ADMINISTRATOR: Final = "administrator"

TITLES: Final = {
    MEMBER: _("Member"),
    SUPPORTER: _("Peer supporter"),
    SUPERVISOR: _("Practice supervisor"),
    MENTOR: _("Mentor"),
    ON_CALL: _("On call"),
    SAFEGUARDING_LEAD: _("Safeguarding lead"),
    COORDINATOR: _("Coordinator"),
    ADMINISTRATOR: _("Administrator"),
}

# permission -> what it lets somebody do, in words for a manager
PERMISSIONS: Final = {
    "support.ask": _("Ask for a peer supporter and choose one"),
    "support.accompany": _("Be a peer supporter: say yes or no to requests, talk, keep own limits"),
    "supervision.hold": _(
        "Be there for peer supporters as their practice supervisor: agenda, talks, what each will do"
    ),
    "supervision.oversee": _(
        "See when practice supervision is due and arrange it; never what is said or written in it"
    ),
    "introductions.coordinate": _("See who is waiting, for how long, and propose introductions"),
    "introductions.never_with": _("Record that two people must never be brought together"),
    "support.oversee": _("See that relationships exist, their state and dates; not what is said in them"),
    "conversations.look_inside": _("Open a conversation for a stated reason that both people are shown"),
    "safety.answer_reports": _("Read and answer reports"),
    "release.read_replies": _(
        "Read what a learning supporter wrote before it goes, with the six messages before it; sign that they need less"
    ),
    "release.oversee": _(
        "See who learns and at which stage; decide about a reply that nobody has read within the promise"
    ),
    "oncall.take_turns": _(
        "Stand on the rota: be told of concerns, and answer them with the one who raised them"
    ),
    "oncall.keep_rota": _("Set who is on call when, how fast a concern climbs, and the telephone list"),
    "safeguarding.record": _("Write and read safeguarding records"),
    "safety.keep_helplines": _("Keep the telephone numbers on the Help now page true"),
    "insight.fairness": _("See waits and introductions by group, small numbers hidden"),
    "meetings.arrange": _("Begin meetings and groups, set when and where they are, and ask who holds them"),
    "people.administer": _(
        "Create programmes, choose practice models and words, give and end roles, set hours"
    ),
    "people.import": _("Bring in an existing service's list of people"),
}

GRANTS: Final[dict[str, frozenset[str]]] = {
    MEMBER: frozenset({"support.ask"}),
    SUPPORTER: frozenset({"support.accompany"}),
    SUPERVISOR: frozenset({"supervision.hold"}),
    MENTOR: frozenset({"release.read_replies"}),
    ON_CALL: frozenset({"oncall.take_turns"}),
    SAFEGUARDING_LEAD: frozenset({"oncall.take_turns", "oncall.keep_rota", "safeguarding.record"}),
    COORDINATOR: frozenset(
        {
            "oncall.take_turns",
            "oncall.keep_rota",
            "introductions.coordinate",
            "introductions.never_with",
            "support.oversee",
            "supervision.oversee",
            "release.oversee",
            "meetings.arrange",
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
STAFF: Final = frozenset({MENTOR, ON_CALL, SAFEGUARDING_LEAD, COORDINATOR, ADMINISTRATOR})


def roles_granting(permission: str) -> list[str]:
    return [role for role, granted in GRANTS.items() if permission in granted]
