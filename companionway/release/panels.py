"""What the page of a conversation shows where somebody learns: the promise to both, and to the trainee what waits."""

from __future__ import annotations

from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from companionway.conversations.gates import Kept, Panel
from companionway.release import queries, spaces, trainees
from companionway.release.states import Stage


def panel(person: Any, conversation: Any, gated: frozenset[int]) -> Panel | None:
    """For the member: who reads, and until when. For the trainee: the same, and their own replies that wait."""
    if not gated:
        return None
    why = spaces.why_held(conversation.pk)
    promise = queries.promise_in(conversation.pk, trainees.among(conversation.programme_id, gated))
    held = queries.mine_in(person.pk, conversation.pk)
    if not (why or promise or held):
        return None
    is_trainee = promise is not None and promise.traineeship.person_id == person.pk
    about = {"promise": promise, "is_trainee": is_trainee, "conversation": conversation, "why": why}
    kept = [queries.kept(each) for each in held if each.is_waiting]
    answered = [each for each in held if not each.is_waiting]
    return Panel(
        head=render_to_string("release/parts/promise.html", about | {"answered": answered}),
        tail=render_to_string("release/parts/waiting.html", {"bubbles": [bubble(each) for each in kept]}),
        readers=_readers(promise, is_trainee) if why is None else _("Somebody of the team reads this first."),
        may_ask=is_trainee and why is None and promise is not None and promise.stage != Stage.EVERY,
    )


def bubble(kept: Kept) -> SafeString:
    """The trainee's own words with what becomes of them; goes away when the message itself is there."""
    return render_to_string("release/parts/bubble.html", {"kept": kept, "says": waiting_words(kept)})


def waiting_words(kept: Kept) -> str:
    if kept.is_change and kept.is_waiting:
        return _("Your new words will be read before they replace the old ones")
    if kept.is_of_space:
        return _("Will be read before it goes") if kept.is_waiting else _("It did not go. Please open it.")
    if kept.is_waiting:
        return _("Waiting for your mentor")
    return _("Your mentor has answered. Please open it.")


def _readers(promise: queries.Promise | None, is_trainee: bool) -> str:
    if promise is None:
        return ""
    if promise.stage == Stage.EVERY:
        if is_trainee:
            return _("A mentor reads this first, with the six messages before it.")
        return _("A mentor reads each answer first, with the six messages before it.")
    if is_trainee:
        return _("A mentor may read this first, with the six messages before it.")
    return _("A mentor may read an answer first, with the six messages before it.")
