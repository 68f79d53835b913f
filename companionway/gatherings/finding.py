"""What a page of a meeting loads: the meeting, as far as this person may see it, and the ticket of their browser."""

from __future__ import annotations

from django.http import Http404
from django.shortcuts import get_object_or_404

from companionway.gatherings import policy, tickets
from companionway.gatherings.models import Seat, Share
from companionway.gatherings.queries import Had
from companionway.meetings.models import Meeting
from companionway.people.http import SignedInRequest


def meeting_of(request: SignedInRequest, public_id: str) -> Meeting:
    meeting = policy.visible(request.user, public_id)
    if meeting is None:
        raise Http404
    return meeting


def held_of(request: SignedInRequest, public_id: str) -> Meeting:
    """For those who hold the frame; to everybody else the page does not exist."""
    meeting = meeting_of(request, public_id)
    if not policy.holds_frame(request.user, meeting, request.now):
        raise Http404
    return meeting


def ticket_of(request: SignedInRequest, meeting: Meeting) -> str:
    return request.COOKIES.get(tickets.cookie_of(meeting.public_id), "")


def has_ticket(request: SignedInRequest, meeting: Meeting) -> bool:
    """Whether they had a seat, also when the seat is gone with the evening."""
    ticket = ticket_of(request, meeting)
    return tickets.token_hash(ticket, meeting.pk, request.user.pk) is not None


def share_in(meeting: Meeting, share_id: str) -> Share:
    return get_object_or_404(Share, meeting=meeting, public_id=share_id)


def seat_in(meeting: Meeting, seat_id: str) -> Seat:
    return get_object_or_404(Seat.objects.taken(), meeting=meeting, public_id=seat_id)


def had_by(request: SignedInRequest) -> Had | None:
    """What the page has already; None where it does not say."""
    asked = request.GET.get("since", "")
    is_number = asked.isascii() and asked.isdigit() and len(asked) < 8
    return Had(int(asked), request.GET.get("state", "")) if is_number else None
