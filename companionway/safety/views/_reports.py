"""Reporting something, seeing the answer, and the list of those who answer."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from companionway.foundation.policy import Refused
from companionway.oncall import queries as oncall
from companionway.people.doors import signed_in
from companionway.people.http import SignedInRequest
from companionway.safety import policy, queries, services
from companionway.safety.forms import AnswerForm, ReportForm
from companionway.safety.states import ReportState


@signed_in
@require_http_methods(["GET", "POST"])
def report(request: SignedInRequest) -> HttpResponse:
    subject = request.GET.get("about", "")
    if subject.startswith("helpline:"):
        return redirect("safety:not_working", public_id=subject.removeprefix("helpline:"))
    thing = queries.reportable(request.user, subject)
    if thing is None:
        raise Http404
    form = ReportForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.report(
                actor=request.user,
                about=thing.about,
                subject=subject,
                words=form.cleaned_data["words"],
                extract=thing.text,
                programme=thing.programme,
                reason=form.cleaned_data["reason"],
                now=timezone.now(),
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Thank you for saying so. You will find the answer here."))
            return redirect("safety:my_reports")
    context = {"form": form, "thing": thing, "team": oncall.who_is_here(timezone.now())}
    return render(request, "safety/report.html", context)


@signed_in
@require_safe
def my_reports(request: SignedInRequest) -> HttpResponse:
    mine = policy.reports_visible_to(request.user).filter(reporter=request.user)
    return render(request, "safety/my_reports.html", {"reports": mine.order_by("-reported_at", "-pk")})


@signed_in
@require_safe
def my_report(request: SignedInRequest, public_id: str) -> HttpResponse:
    mine = policy.reports_visible_to(request.user).filter(reporter=request.user)
    found = get_object_or_404(mine, public_id=public_id)
    opened = services.read_answer(actor=request.user, report=found, now=timezone.now())
    return render(request, "safety/my_report.html", {"report": found, "opened": opened})


@signed_in
@require_safe
def reports(request: SignedInRequest) -> HttpResponse:
    if not request.user.holds(policy.ANSWER):
        raise Http404
    waiting = policy.reports_answerable_by(request.user).unanswered()
    answered = policy.reports_answerable_by(request.user).filter(state=ReportState.ANSWERED)
    context = {
        "waiting": waiting.select_related("programme", "taken_by").order_by("reported_at", "pk"),
        "answered": Paginator(answered.order_by("-answered_at", "-pk"), 20).get_page(request.GET.get("page")),
    }
    return render(request, "safety/reports.html", context)


@signed_in
@require_http_methods(["GET", "POST"])
def answer(request: SignedInRequest, public_id: str) -> HttpResponse:
    answerable = policy.reports_answerable_by(request.user).select_related("about", "reporter", "programme")
    found = get_object_or_404(answerable, public_id=public_id)
    form = AnswerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.answer_report(
                actor=request.user, report=found, words=form.cleaned_data["words"], now=timezone.now()
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Your answer is with the person who reported this."))
            return redirect("safety:reports")
    opened = services.read_report(actor=request.user, report=found, now=timezone.now())
    context = {
        "report": found,
        "opened": opened,
        "form": form,
        "may_answer": policy.may_answer(request.user, found),
    }
    return render(request, "safety/answer.html", context)


@signed_in
@require_POST
def take(request: SignedInRequest, public_id: str) -> HttpResponse:
    found = get_object_or_404(policy.reports_answerable_by(request.user), public_id=public_id)
    try:
        services.take_report(actor=request.user, report=found, now=timezone.now())
    except Refused as refusal:
        messages.warning(request, str(refusal))
    return redirect("safety:answer", public_id=public_id)
