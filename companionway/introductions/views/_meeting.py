"""Where two strangers are asked about each other: an introduction for either side, and needs for supporters."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from companionway.foundation.policy import Refused
from companionway.introductions import policy, queries, services
from companionway.introductions.forms import PassingForm
from companionway.introductions.models import Introduction, Request
from companionway.introductions.services import ReasonOwed
from companionway.introductions.states import Answer, IntroductionState
from companionway.introductions.views._doors import after_answer, own_introduction
from companionway.people.doors import signed_in
from companionway.people.http import SignedInRequest
from companionway.people.queries import programmes_of
from companionway.practice import queries as practice
from companionway.ui.deeds import try_to

_SAID = {
    Answer.NOT_NOW: gettext_lazy("That is all right. You can say yes later."),
    Answer.NO: gettext_lazy("That is all right. Nobody is told why."),
}


@signed_in
@require_http_methods(["GET", "POST"])
def introduction(request: SignedInRequest, public_id: str) -> HttpResponse:
    """One introduction, for either of the two; POST is the answer."""
    row = own_introduction(request, public_id)
    if request.method == "POST":
        said = request.POST.get("answer", "")
        if said not in (Answer.YES, Answer.NOT_NOW, Answer.NO):
            messages.warning(request, _("Please choose one of the answers listed."))
            return redirect("introductions:introduction", public_id=public_id)
        return _answer(request, row, Answer(said))
    context = {
        "side": queries.side_of(row, request.user),
        "is_member": request.user.pk == row.request.member_id,
        "words": row.request.programme.words,
        "now": timezone.now(),
    }
    return render(request, "introductions/introduction.html", context)


def _answer(request: SignedInRequest, row: Introduction, said: Answer) -> HttpResponse:
    done = try_to(
        request,
        lambda: services.answer(actor=request.user, introduction=row, answer=said, now=timezone.now()),
    )
    if done is None:
        return redirect("introductions:introduction", public_id=row.public_id)
    if said in _SAID:
        messages.success(request, _SAID[said])
    elif done.state == IntroductionState.CLOSED:
        messages.info(
            request,
            _("Something changed in the meantime, and they are not able to right now. Nothing you did."),
        )
    elif done.state == IntroductionState.ASKED:
        messages.success(request, _("Thank you. Now they are asked."))
    return after_answer(request, done)


@signed_in
@require_POST
def take_back(request: SignedInRequest, public_id: str) -> HttpResponse:
    row = own_introduction(request, public_id)
    done = try_to(
        request,
        lambda: services.take_back(actor=request.user, introduction=row, now=timezone.now()),
        _("Taken back."),
    )
    return after_answer(request, done or row)


@signed_in
@require_safe
def needs(request: SignedInRequest) -> HttpResponse:
    """For a supporter: who asked me, then needs without their people, longest wait first."""
    mine = {each.programme_id: each for each in practice.my_practices(request.user)}
    rooms = practice.rooms(mine.values())
    offered_in = [each for each in programmes_of(request.user) if each.pk in mine]
    groups = [
        {
            "programme": each,
            "needs": queries.needs_shown_to(request.user, each, mine=mine[each.pk].pk),
            "room": rooms[mine[each.pk].pk],
            "practice": mine[each.pk],
        }
        for each in offered_in
    ]
    sides = queries.as_supporter(request.user)
    context = {
        "waiting_for_me": [each for each in sides if each.is_mine_to_answer],
        "others": [each for each in sides if not each.is_mine_to_answer],
        "groups": groups,
        "now": timezone.now(),
    }
    return render(request, "introductions/needs.html", context)


@signed_in
@require_http_methods(["GET", "POST"])
def need(request: SignedInRequest, public_id: str) -> HttpResponse:
    """One need. A yes to somebody who waits less than another asks for a written reason, on this same page."""
    row: Request = get_object_or_404(
        policy.needs_visible_to(request.user).select_related("programme", "member"), public_id=public_id
    )
    shown = queries.need_shown_to(request.user, row)
    if shown is None:
        raise Http404
    longer = queries.longer_waiting_need(request.user, row)
    form = PassingForm(request.POST if request.method == "POST" and longer else None)
    if request.method == "POST":
        done = _answer_need(request, row, form if longer else None)
        if done is not None:
            return done
    context = {"need": shown, "row": row, "longer": longer, "form": form, "words": row.programme.words}
    return render(request, "introductions/need.html", context | {"now": timezone.now()})


def _answer_need(request: SignedInRequest, row: Request, form: PassingForm | None) -> HttpResponse | None:
    """Carry out the answer; None when the page must ask for something first."""
    said, now = request.POST.get("answer", ""), timezone.now()
    if said in ("not_now", "not_me"):
        services.pass_by(actor=request.user, request=row, not_now=said == "not_now", now=now)
        messages.success(request, _SAID[Answer.NOT_NOW if said == "not_now" else Answer.NO])
        return redirect("introductions:needs")
    if said != "yes" or (form is not None and not form.is_valid()):
        return None
    try:
        services.offer(actor=request.user, request=row, passing=form.passing if form else None, now=now)
    except ReasonOwed as refusal:
        messages.warning(request, str(refusal))
        return redirect("introductions:need", public_id=row.public_id)
    except Refused as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, _("Thank you. They are asked whether they would like to meet you."))
    return redirect("introductions:needs")
