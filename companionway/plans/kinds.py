"""The kinds of plan there are, as data: what each is called, what it asks, gently, and who may ever read it.

A new kind is a few lines here. Examples are hints: nothing is scored, nothing has to be there. Addresses name a kind
by its slug and a part by its number, and say nothing of what is in it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Prompt:
    """One part. A guarded part is shared by itself alone, never along with others, and no override opens it."""

    key: str
    title: Any
    hint: Any
    has_contacts: bool = False
    is_guarded: bool = False


@dataclass(frozen=True, slots=True)
class Kind:
    """`readers` says which circles may be chosen (plans.circle): none of them is a way in without a share."""

    key: str
    slug: str
    title: Any
    lead: Any
    alone: Any
    nobody_yet: Any
    readers: frozenset[str]
    prompts: tuple[Prompt, ...]
    # For hard days: a copy on the device, and whoever answers a concern may open it for a stated reason.
    is_for_danger: bool = False
    # Where its person can take a pause: the name of a page upstairs.
    pause: str = ""

    def prompt(self, part: str) -> Prompt:
        return next(each for each in self.prompts if each.key == part)

    def number(self, part: str) -> int:
        return [each.key for each in self.prompts].index(part) + 1

    @property
    def parts(self) -> list[str]:
        return [each.key for each in self.prompts]

    @property
    def open_parts(self) -> list[str]:
        """The parts that may go together."""
        return [each.key for each in self.prompts if not each.is_guarded]


TOGETHER, TEAM, SUPERVISORS = "together", "team", "supervisors"

HARD_DAYS: Final = Kind(
    key="hard_days",
    slug="own",
    title=_("My plan"),
    lead=_(
        "For days when things get hard, in your own words. Begin anywhere, leave anything out, change it"
        " whenever you like."
    ),
    alone=_(
        "Only you can read it, unless you share a part. In serious danger the person on call can open all but the"
        " last part. They must say why, and you see who it was and what they said."
    ),
    nobody_yet=_(
        "You can share a part with somebody you are together with here, or with the team of your programme."
    ),
    readers=frozenset({TOGETHER, TEAM}),
    is_for_danger=True,
    prompts=(
        Prompt(
            "signs",
            _("How I notice that it is getting hard"),
            _(
                "A thought, a feeling, something I do or stop doing. For example: I leave messages unread, I stop"
                " eating at the table, everything is too loud."
            ),
        ),
        Prompt(
            "alone",
            _("What I can do by myself"),
            _(
                "Small things that have helped before, even a little. For example: a cold flannel, the same three"
                " songs, walking to the corner and back."
            ),
        ),
        Prompt(
            "company",
            _("Where I can go, and who is good company"),
            _(
                "People and places where I can simply be, without having to talk about it. For example: the library,"
                " my cousin's kitchen, the bench by the bus station."
            ),
            has_contacts=True,
        ),
        Prompt(
            "ask",
            _("People I can ask for help"),
            _(
                "Whom I can tell how it is, and what they could do. For example: Jo, who may come over and need not"
                " say anything."
            ),
            has_contacts=True,
        ),
        Prompt(
            "services",
            _("Services and professionals I can turn to"),
            _(
                "Who can be reached when, and what I would like to say to them. The numbers on Help now are there"
                " as well; you need not copy them."
            ),
            has_contacts=True,
        ),
        Prompt(
            "safer",
            _("How I make it safer around me"),
            _(
                "What I would rather have further away for a while, and who could look after it for me. A few words"
                " are enough. No details are needed."
            ),
            has_contacts=True,
            is_guarded=True,
        ),
    ),
)

KEEPING_WELL: Final = Kind(
    key="keeping_well",
    slug="pace",
    title=_("How I keep well"),
    lead=_(
        "For you who are there for others. What keeps you well in it, and what helps when it gets too much."
    ),
    alone=_(
        "Only you can read it, unless you share a part with your supervisor. Managers and coordinators never can,"
        " and nothing in it is counted or compared."
    ),
    nobody_yet=_("When you have a supervisor here, you can let them read a part of it."),
    readers=frozenset({SUPERVISORS}),
    pause="practice:mine",
    prompts=(
        Prompt(
            "good",
            _("What keeps me well"),
            _(
                "What I need so that being there for others does not use me up. For example: one evening without the"
                " phone, singing on Thursdays, eating before a talk."
            ),
        ),
        Prompt(
            "much",
            _("How I notice that it is too much"),
            _(
                "What I do, feel or stop doing. For example: I answer at midnight, I dread one name, I carry a talk"
                " around all weekend."
            ),
        ),
        Prompt(
            "limits",
            _("What I do not carry"),
            _(
                "What is not mine to do, and what I say then. For example: I lend no money. “I cannot do that, and I"
                " can look with you for somebody who can.”"
            ),
        ),
        Prompt(
            "after",
            _("What helps me after a hard talk"),
            _(
                "In the first hour, and the next day. For example: a walk before going home, ten minutes with"
                " somebody who does this too."
            ),
        ),
        Prompt(
            "people",
            _("Who looks after me"),
            _(
                "Whom I can ring, and what is good to hear from them. They need not know about anybody I support."
            ),
            has_contacts=True,
        ),
        Prompt(
            "less",
            _("How I would do less for a while"),
            _(
                "What I would put down first, who should know, and how I would like to come back. Stepping back is part"
                " of the work."
            ),
        ),
    ),
)

KINDS: Final[dict[str, Kind]] = {each.key: each for each in (HARD_DAYS, KEEPING_WELL)}
BY_SLUG: Final[dict[str, Kind]] = {each.slug: each for each in KINDS.values()}
