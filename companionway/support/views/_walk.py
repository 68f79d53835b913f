"""The page of two people, the list of one's walks, and the first steps."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from companionway.people import queries as people
from companionway.people.http import SignedInRequest
from companionway.people.models import Audience
from companionway.practice import queries as practice
from companionway.support import kinds, policy, queries, services
from companionway.support.forms import CheckForm
from companionway.support.models import Relationship
from companionway.support.states import CheckAnswer
from companionway.support.views._doors import ours, page, to_walk
from companionway.ui.deeds import try_to


@login_required
@require_safe
def walks(request: SignedInRequest) -> HttpResponse:
    rows = [(walk, walk.other_of(request.user)) for walk in queries.relationships_of(request.user)]
    return render(request, "support/list.html", {"rows": rows})


@login_required
@require_safe
def walk(request: SignedInRequest, public_id: str) -> HttpResponse:
    relationship, me = ours(request, public_id), request.user
    news = queries.news_of(me, relationship, request.now)
    mine, given = queries.letters_of(relationship, me) if news.has_letters else (None, None)
    return page(
        request,
        "walk",
        relationship,
        talk=queries.talk_address(me, relationship),
        reasons=queries.reasons_of(relationship),
        agreements=queries.agreements_of(relationship, me)
        if relationship.programme.keeps_agreements
        else None,
        pause_words=queries.pause_words_of(relationship),
        question=queries.question_for(me, relationship) if news.has_question else None,
        letter=mine,
        letter_to_me=given,
        away=_away_notice(request, relationship) if news.is_away else None,
        blocked_by_me=news.is_blocked_by_me,
        shares_with_me=news.shares_with_me and not news.is_blocked_by_me,
        how_it_ended=kinds.words_of(relationship.programme, relationship.ending_kind),
        may=_may(request, relationship),
    )


@login_required
@require_safe
def about_them(request: SignedInRequest, public_id: str) -> HttpResponse:
    """What the other chose to show the person they talk with, and what they need: said once, asked never again."""
    relationship = ours(request, public_id)
    if not policy.may_read_about(request.user, relationship):
        raise Http404
    other = relationship.other_of(request.user)
    items = people.profile_items(other, seen_by=Audience.SUPPORTER)
    return page(request, "about_them", relationship, items=items, needs=people.needs_of(other))


def _away_notice(request: SignedInRequest, relationship: Relationship) -> practice.AwayNotice | None:
    if not relationship.is_open:
        return None
    other = relationship.other_of(request.user)
    return practice.away_notice(other.pk, relationship.programme, reader=request.user)


def _may(request: SignedInRequest, relationship: Relationship) -> dict[str, bool]:
    """Which doors stand open on the page; each deed asks again."""
    rules = {
        "about": policy.may_read_about,
        "meet": policy.may_say_we_met,
        "note": policy.may_write_note,
        "agree": policy.may_propose_agreement,
        "pause": policy.may_pause,
        "resume": policy.may_resume,
        "start_ending": policy.may_start_ending,
        "take_back": policy.may_take_ending_back,
        "end": policy.may_end,
        "someone_else": policy.may_ask_for_someone_else,
        "letter": policy.may_say_goodbye,
        "again": policy.may_walk_again,
    }
    return {name: bool(rule(request.user, relationship)) for name, rule in rules.items()}


@login_required
@require_http_methods(["GET", "POST"])
def first_meeting(request: SignedInRequest, public_id: str) -> HttpResponse:
    relationship = ours(request, public_id)
    if request.method == "POST":
        try_to(
            request,
            lambda: services.say_we_met(actor=request.user, relationship=relationship, now=timezone.now()),
            _("Good. From here you walk together."),
        )
        return to_walk(relationship)
    may_say_met = policy.may_say_we_met(request.user, relationship)
    return page(request, "first_meeting", relationship, may_say_met=may_say_met)


@login_required
@require_http_methods(["GET", "POST"])
def how_it_goes(request: SignedInRequest, public_id: str) -> HttpResponse:
    relationship = ours(request, public_id)
    form = CheckForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        answer = form.cleaned_data["answer"]
        said = try_to(
            request,
            lambda: services.answer_how_it_goes(
                actor=request.user, relationship=relationship, answer=answer, now=timezone.now()
            ),
            _("Thank you. Your answer stays with you."),
        )
        if said and answer != CheckAnswer.GO_ON:
            return redirect("support:ways_on", public_id=public_id, wish=answer)
        return to_walk(relationship)
    return page(request, "how_it_goes", relationship, form=form)


@login_required
@require_safe
def ways_on(request: SignedInRequest, public_id: str, wish: str) -> HttpResponse:
    """What can be done after "change" or "stop": only ways, nothing is kept of having been here."""
    relationship = ours(request, public_id)
    return page(request, "ways_on", relationship, wish=wish, may=_may(request, relationship))


@login_required
@require_POST
def again(request: SignedInRequest, public_id: str) -> HttpResponse:
    relationship = ours(request, public_id)
    result = try_to(
        request,
        lambda: services.walk_again(actor=request.user, relationship=relationship, now=timezone.now()),
        _("Your wish is noted. When the other says yes too, you go on together."),
    )
    return to_walk(result or relationship)
