"""This room's part of what a person downloads: what was noticed in their own words, and what they did on call.

The reasons that others gave when they answered are those others'.
"""

from __future__ import annotations

from typing import Any

from companionway.noticing import talks
from companionway.noticing.models import Answer, Noticed
from companionway.noticing.states import WRITERS_ANSWERS
from companionway.people.models import Person


def part(person: Person) -> dict[str, Any]:
    mine = Noticed.objects.filter(talks.own(person.pk)).select_related("answer")
    return {
        "noticed_in_my_messages": [
            {
                "noticed": each.noticed_at.isoformat(),
                "label": str(each.get_label_display()),
                "why_asked": str(each.get_side_display()),
                "what_i_said_of_it": str(each.get_card_display()) if each.card in WRITERS_ANSWERS else "",
                "looked_after": each.answer.answered_at.isoformat() if each.answer else None,
            }
            for each in mine.order_by("message_id", "side")
        ],
        "my_answers_on_call": [
            {"answered": each.answered_at.isoformat(), "what": str(each.get_deed_display())}
            for each in Answer.objects.filter(by=person).order_by("pk")
        ],
    }
