"""Circles of supporters: questions about practice, under a name chosen for the circle."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from companionway.people.doors import signed_in
from companionway.people.http import SignedInRequest
from companionway.supervision import policy, queries, services
from companionway.supervision.forms import CircleWordsForm, JoinCircleForm, OpenCircleForm
from companionway.supervision.models import Circle
from companionway.ui.deeds import said_yes, try_to


def _may_sit(request: SignedInRequest) -> None:
    if not policy.may_open_circle(request.user):
        raise Http404


@signed_in
@require_safe
def circles(request: SignedInRequest) -> HttpResponse:
    _may_sit(request)
    return render(request, "supervision/circles.html", {"circles": queries.my_circles(request.user)})


@signed_in
@require_http_methods(["GET", "POST"])
def open_circle(request: SignedInRequest) -> HttpResponse:
    _may_sit(request)
    form = OpenCircleForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        said, now = form.cleaned_data, timezone.now()
        made = said_yes(form, None, lambda: services.open_circle(actor=request.user, **said, now=now))
        if made:
            messages.success(request, _("The circle is open. Its way in stands on its page."))
            return redirect("supervision:circle", public_id=made.public_id)
    return render(request, "supervision/circle_open.html", {"form": form})


@signed_in
@require_http_methods(["GET", "POST"])
def join_circle(request: SignedInRequest) -> HttpResponse:
    _may_sit(request)
    form = JoinCircleForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        said, now = form.cleaned_data, timezone.now()
        found = said_yes(form, "way_in", lambda: services.join_circle(actor=request.user, **said, now=now))
        if found:
            messages.success(request, _("Welcome to the circle."))
            return redirect("supervision:circle", public_id=found.public_id)
    return render(request, "supervision/circle_join.html", {"form": form})


def _circle(request: SignedInRequest, public_id: str) -> Circle:
    return get_object_or_404(policy.circles_visible_to(request.user), public_id=public_id)


@signed_in
@require_http_methods(["GET", "POST"])
def circle(request: SignedInRequest, public_id: str) -> HttpResponse:
    """One circle; POST asks it something."""
    row = _circle(request, public_id)
    form = CircleWordsForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        words, now = form.cleaned_data["words"], timezone.now()
        done = said_yes(
            form, "words", lambda: services.ask_circle(actor=request.user, circle=row, words=words, now=now)
        )
        if done:
            messages.success(request, _("Asked."))
            return redirect("supervision:circle", public_id=public_id)
    shown = queries.circle_shown(row, request.user)
    return render(request, "supervision/circle.html", {"shown": shown, "form": form})


@signed_in
@require_http_methods(["GET", "POST"])
def answer_circle(request: SignedInRequest, public_id: str, words_id: str) -> HttpResponse:
    row = _circle(request, public_id)
    asked = get_object_or_404(row.words.filter(answers=None), public_id=words_id)
    form = CircleWordsForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        words, now = form.cleaned_data["words"], timezone.now()
        done = said_yes(
            form,
            "words",
            lambda: services.answer_in_circle(actor=request.user, question=asked, words=words, now=now),
        )
        if done:
            messages.success(request, _("Answered."))
            return redirect("supervision:circle", public_id=public_id)
    shown = queries.circle_shown(row, request.user)
    question = next(each for each in shown.questions if each.said.words.pk == asked.pk)
    context = {"shown": shown, "question": question, "form": form}
    return render(request, "supervision/circle_answer.html", context)


@signed_in
@require_POST
def take_back(request: SignedInRequest, public_id: str) -> HttpResponse:
    words = get_object_or_404(
        policy.circle_words_visible_to(request.user).select_related("circle"), public_id=public_id
    )
    where = words.circle.public_id
    try_to(
        request,
        lambda: services.take_words_back(actor=request.user, words=words, now=timezone.now()),
        _("Taken back."),
    )
    return redirect("supervision:circle", public_id=where)


@signed_in
@require_POST
def leave_circle(request: SignedInRequest, public_id: str) -> HttpResponse:
    row = _circle(request, public_id)
    try_to(
        request,
        lambda: services.leave_circle(actor=request.user, circle=row, now=timezone.now()),
        _("You have left the circle."),
    )
    return redirect("supervision:circles")
