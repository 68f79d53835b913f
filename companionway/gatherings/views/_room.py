"""The door and the room: what happens, a seat, what is said, and the way out."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.crypto import get_random_string
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from companionway.foundation.policy import YES, Refused, Verdict
from companionway.gatherings import asking, finding, policy, queries, script, services, tickets
from companionway.gatherings.forms import QUIET, DoorForm, ShareForm, what_is_wrong
from companionway.gatherings.states import Answer
from companionway.gatherings.views._answers import by_script, done
from companionway.meetings.models import Meeting
from companionway.meetings.states import MeetingState
from companionway.noticing import looking
from companionway.noticing import queries as noticing
from companionway.people.doors import signed_in
from companionway.people.http import SignedInRequest
from companionway.ui.deeds import said_yes, try_to
from companionway.ui.easy import spoken


@signed_in
@require_http_methods(["GET", "POST"])
def door(request: SignedInRequest, public_id: str) -> HttpResponse:
    """What happens, minute by minute; what is kept; what was agreed; a name or none; a seat or a quiet seat."""
    meeting = finding.meeting_of(request, public_id)
    asked = asking.asked(request, meeting)
    written = script.of(meeting.series)
    quiet = bool(written and written.rules.quiet_seat)
    form = DoorForm(request.POST if request.method == "POST" else None, has_quiet_seats=quiet)
    if request.method == "POST" and form.is_valid() and (answer := _seated(request, meeting, form, asked)):
        return answer
    has_seat = queries.seat_of(request.user, meeting, finding.ticket_of(request, meeting)) is not None
    # Whoever sits already is asked nothing, and needs no other evening.
    may_enter = YES if has_seat else _may_enter(request, meeting)
    context = {
        "meeting": meeting,
        "script": written,
        "form": form,
        "asked": asked,
        "may_enter": may_enter,
        "has_seat": has_seat,
        "is_open": meeting.state == MeetingState.OPEN,
        "holds": policy.holds_frame(request.user, meeting, request.now),
        "may_open": policy.opens(meeting, request.now),
        "others": [] if may_enter else queries.other_evenings(request.user, meeting, request.now),
    }
    return render(request, "gatherings/door.html", context)


def _may_enter(request: SignedInRequest, meeting: Meeting) -> Verdict:
    verdict = policy.takes_part(request.user, meeting.series)
    return policy.opens_to(request.user, meeting, request.now) if verdict else verdict


def _take(
    request: SignedInRequest, meeting: Meeting, said: dict[str, Any], asked: asking.Asked | None
) -> tuple[services.Taken, asking.Remember | None]:
    """Say yes to what was agreed, then sit down. A yes stands where the seat is taken meanwhile."""
    remember = asked.say_yes(_number(request)) if asked else None
    taken = services.take_seat(
        actor=request.user,
        meeting=meeting,
        name=said["name"],
        is_quiet=said.get("sits") == QUIET,
        is_new=said["is_new"],
        ticket=finding.ticket_of(request, meeting),
        now=request.now,
    )
    return taken, remember


def _number(request: SignedInRequest) -> int:
    """Which words they read; 0 where the page did not ask yet."""
    given = request.POST.get("agreed", "")
    return int(given) if given.isascii() and given.isdigit() and len(given) < 6 else 0


def _seated(
    request: SignedInRequest, meeting: Meeting, form: DoorForm, asked: asking.Asked | None
) -> HttpResponse | None:
    seated = said_yes(form, None, lambda: _take(request, meeting, form.cleaned_data, asked))
    if seated is None:
        return None
    taken, remember = seated
    answer = redirect("gatherings:room", public_id=meeting.public_id)
    if remember:
        remember(answer)
    answer.set_cookie(
        tickets.cookie_of(meeting.public_id),
        taken.ticket,
        max_age=tickets.COOKIE_SECONDS,
        secure=request.is_secure(),
        httponly=True,
        samesite="Lax",
    )
    return answer


@signed_in
@require_safe
def room(request: SignedInRequest, public_id: str) -> HttpResponse:
    """The room, as it is now; reload shows it again where no script does."""
    meeting = finding.meeting_of(request, public_id)
    return _drawn(request, meeting, ShareForm(initial={"client_id": get_random_string(22)}))


def _drawn(request: SignedInRequest, meeting: Meeting, form: ShareForm) -> HttpResponse:
    """The room; without a seat the door, or where it is over; words that were typed are never lost on the way."""
    context = _context(request, meeting)
    words = form["text"].value() if form.is_bound else ""
    if context is not None and context["room"] is not None:
        has_card = request.GET.get("card") == "1"
        shown = {**context, "form": form, "has_card": has_card, "words": words}
        return render(request, "gatherings/room.html", shown)
    is_over = meeting.state == MeetingState.CLOSED
    if words or (is_over and finding.has_ticket(request, meeting)):
        shown = {"meeting": meeting, "words": words, "is_over": is_over}
        return render(request, "gatherings/over.html", shown)
    return redirect("gatherings:door", public_id=meeting.public_id)


def _context(
    request: SignedInRequest, meeting: Meeting, had: queries.Had | None = None
) -> dict[str, Any] | None:
    seat = queries.seat_of(request.user, meeting, finding.ticket_of(request, meeting))
    if seat is None or not policy.takes_part(request.user, meeting.series):
        return None
    # A fragment has no link to the page of those who hold it, so they are asked for only where it hides something.
    is_asked = had is None or meeting.series.programme.keeps_attendance
    holds = is_asked and policy.holds_frame(request.user, meeting, request.now)
    hidden = policy.hidden_from(request.user, meeting, holds=holds)
    return {
        "meeting": meeting,
        "seat": seat,
        "room": queries.room_of(meeting, seat, is_frame=False, hidden=hidden, had=had),
        "may_write": policy.may_write(seat, meeting),
        "is_open": meeting.state == MeetingState.OPEN,
        "holds": holds,
        "kinds": ("mine", "with", "other"),
        "answers": Answer.choices,
        "now": request.now,
    }


@signed_in
@require_safe
def now(request: SignedInRequest, public_id: str) -> HttpResponse:
    """The same room as a fragment, for the page that heard that something changed; `?since=` only what it lacks."""
    meeting = finding.meeting_of(request, public_id)
    context = _context(request, meeting, finding.had_by(request))
    if context is None or context["room"] is None:
        return HttpResponse(status=204)
    return render(request, "gatherings/parts/room_now.html", context)


@signed_in
@require_POST
def share(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Write something. A script is answered with data; a form comes back to the room, with every word if it failed."""
    meeting, is_script = finding.meeting_of(request, public_id), by_script(request)
    form = ShareForm(request.POST)
    if not form.is_valid():
        error = {"error": what_is_wrong(form)}
        return JsonResponse(error, status=422) if is_script else _drawn(request, meeting, form)
    try:
        made = _share(request, meeting, form.cleaned_data)
    except Refused as refused:
        if is_script:
            return JsonResponse({"error": str(refused)}, status=403)
        form.add_error(None, str(refused))
        return _drawn(request, meeting, form)
    has_card = _is_heavy(meeting, form.cleaned_data)
    if is_script:
        return JsonResponse({"id": made.public_id, "state": made.state, "card": has_card})
    answer = redirect("gatherings:room", public_id=meeting.public_id)
    if has_card:
        answer["Location"] += "?card=1"
    return answer


def _share(request: SignedInRequest, meeting: Meeting, said: dict[str, Any]) -> Any:
    return services.share(
        actor=request.user,
        meeting=meeting,
        ticket=finding.ticket_of(request, meeting),
        text=said["text"],
        note=said["note"],
        client_id=said["client_id"] or get_random_string(22),
        now=request.now,
    )


def _is_heavy(meeting: Meeting, said: dict[str, Any]) -> bool:
    """Looked at for the writer's sake alone: they are offered company in the answer, and nothing is kept or told."""
    watch = noticing.watch_of(meeting.series.programme)
    looked = looking.look(f"{said['note']}\n{said['text']}", watch, spoken())
    return any(each.has_card for each in looked.found)


@signed_in
@require_POST
def pass_turn(request: SignedInRequest, public_id: str) -> HttpResponse:
    return _from_seat(request, public_id, services.pass_turn)


@signed_in
@require_POST
def speak_up(request: SignedInRequest, public_id: str) -> HttpResponse:
    return _from_seat(request, public_id, services.speak_up)


@signed_in
@require_POST
def answer(request: SignedInRequest, public_id: str) -> HttpResponse:
    """The answer to a private question. The choice to be called is one press with its meaning beside it."""
    typed = request.POST.get("answer", "")
    thanks = {
        Answer.CALL: _("Somebody on call has been told, and comes to you."),
        Answer.COMPANY: _("Thank you. Those who hold the meeting know."),
    }
    said = thanks.get(typed, "")  # type: ignore[call-overload]
    return _from_seat(request, public_id, partial(services.answer_asking, answer=typed), said)


def _from_seat(request: SignedInRequest, public_id: str, deed: Any, thanks: str = "") -> HttpResponse:
    """A deed of whoever has a seat, for themselves."""
    meeting = finding.meeting_of(request, public_id)
    at = {"meeting": meeting, "ticket": finding.ticket_of(request, meeting)}
    run = partial(deed, actor=request.user, now=request.now, **at)
    return done(request, run, "gatherings:room", public_id, thanks)


@signed_in
@require_POST
def leave(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Out, at once and without a word to the others."""
    meeting = finding.meeting_of(request, public_id)
    ticket = finding.ticket_of(request, meeting)
    try_to(
        request,
        lambda: services.leave_seat(actor=request.user, meeting=meeting, ticket=ticket, now=request.now),
    )
    gone = redirect("gatherings:door", public_id=meeting.public_id)
    gone.delete_cookie(tickets.cookie_of(meeting.public_id))
    return gone


@signed_in
@require_POST
def be_with(request: SignedInRequest, public_id: str, share_id: str) -> HttpResponse:
    return _to_share(request, public_id, share_id, services.be_with)


@signed_in
@require_POST
def take_back(request: SignedInRequest, public_id: str, share_id: str) -> HttpResponse:
    return _to_share(request, public_id, share_id, services.take_back)


@signed_in
@require_POST
def flag(request: SignedInRequest, public_id: str, share_id: str) -> HttpResponse:
    thanks = _("Those who hold this meeting look at it. They are not told who asked.")
    return _to_share(request, public_id, share_id, services.flag_share, thanks)


def _to_share(
    request: SignedInRequest, public_id: str, share_id: str, deed: Any, thanks: str = ""
) -> HttpResponse:
    meeting = finding.meeting_of(request, public_id)
    about = partial(deed, share=finding.share_in(meeting, share_id))
    return _from_seat(request, public_id, about, thanks)
