"""The page of the two: the agenda, what they will do, and what stays of each talk."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from companionway.foundation.policy import Refused
from companionway.people.doors import signed_in
from companionway.people.http import SignedInRequest
from companionway.supervision import policy, queries, services
from companionway.supervision.forms import AgendaForm, TalkForm
from companionway.supervision.models import Action, Supervision
from companionway.supervision.services import OutOfDate
from companionway.supervision.states import Side
from companionway.supervision.views._doors import ours
from companionway.support.queries import relationships_of
from companionway.ui.deeds import said_yes, try_to


def _page(request: SignedInRequest, row: Supervision, form: AgendaForm) -> HttpResponse:
    person = request.user
    talks = queries.talks_shown(row, person)
    context = {
        "pair": row,
        "form": form,
        "other": row.other_of(person),
        "is_supporter": row.side_of(person) == Side.SUPPORTER,
        "agenda": queries.agenda_of(row, person),
        "actions": queries.still_to_do(talks),
        "talks": talks,
        "waiting": next((each for each in talks if not each.talk.is_signed), None),
        "owed": queries.standing_of(row, timezone.localdate()),
        "may_write": policy.may_write_talk(person, row),
    }
    return render(request, "supervision/pair.html", context)


@signed_in
@require_safe
def pair(request: SignedInRequest, public_id: str) -> HttpResponse:
    row = ours(request, public_id)
    return _page(request, row, AgendaForm(walks=_walks(request, row)))


@signed_in
@require_http_methods(["GET", "POST"])
def add_item(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Put something on the agenda."""
    row = ours(request, public_id)
    form = AgendaForm(request.POST if request.method == "POST" else None, walks=_walks(request, row))
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        done = said_yes(
            form,
            "words",
            lambda: services.put_on_agenda(
                actor=request.user,
                supervision=row,
                words=said["words"],
                is_shared=not said["only_me"],
                about=said.get("about", ""),
                now=timezone.now(),
            ),
        )
        if done:
            messages.success(request, _("It stands on the agenda."))
            return redirect("supervision:pair", public_id=public_id)
    return _page(request, row, form)


def _walks(request: SignedInRequest, row: Supervision) -> list[tuple[str, str]]:
    """Their own open walks, for their own eyes: what is kept is only a number."""
    if row.side_of(request.user) != Side.SUPPORTER:
        return []
    walks = relationships_of(request.user).open().filter(supporter=request.user)
    return [(f"relationship:{each.pk}", each.member.name) for each in walks]


@signed_in
@require_POST
def share_item(request: SignedInRequest, public_id: str) -> HttpResponse:
    item = get_object_or_404(policy.items_visible_to(request.user), public_id=public_id)
    try_to(
        request,
        lambda: services.share_item(actor=request.user, item=item, now=timezone.now()),
        _("Now both of you see it."),
    )
    return redirect("supervision:pair", public_id=item.supervision.public_id)


@signed_in
@require_POST
def take_off(request: SignedInRequest, public_id: str) -> HttpResponse:
    item = get_object_or_404(policy.items_visible_to(request.user), public_id=public_id)
    where = item.supervision.public_id
    try_to(
        request,
        lambda: services.take_off_agenda(actor=request.user, item=item, now=timezone.now()),
        _("Taken away."),
    )
    return redirect("supervision:pair", public_id=where)


@signed_in
@require_http_methods(["GET", "POST"])
def write(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Write down what stays of a talk, or change what waits for a yes."""
    row = ours(request, public_id)
    open_one = queries.open_talk(row)
    shown = queries.talk_shown(open_one, request.user) if open_one else None
    start = TalkForm.starting_from(shown, shown.theme_keys if shown else [], timezone.localdate())
    form = TalkForm(request.POST if request.method == "POST" else None, initial=start)
    if request.method == "POST" and form.is_valid() and (done := _written(request, row, form)):
        messages.success(request, _("Written. It counts when the other has said yes, too."))
        return redirect("supervision:talk", public_id=done.public_id)
    agenda = [each for each in queries.agenda_of(row, request.user) if each.item.is_shared]
    context = {"pair": row, "form": form, "other": row.other_of(request.user), "agenda": agenda}
    return render(request, "supervision/write.html", context | {"newer": shown if form.errors else None})


def _written(request: SignedInRequest, row: Supervision, form: TalkForm) -> Any:
    said = form.cleaned_data
    try:
        return services.write_talk(
            actor=request.user,
            supervision=row,
            held_on=said["held_on"],
            themes=said["themes"],
            words=said["words"],
            actions=form.actions,
            after=said["after"],
            now=timezone.now(),
        )
    except OutOfDate as refusal:
        newest = queries.open_talk(row)
        form.add_error(None, str(refusal))
        form.look_again(newest.version if newest else 0)
    except Refused as refusal:
        form.add_error("held_on", str(refusal))
    return None


@signed_in
@require_http_methods(["GET", "POST"])
def talk(request: SignedInRequest, public_id: str) -> HttpResponse:
    """What stays of one talk; POST is the other's yes to the version they read."""
    rows = policy.talks_visible_to(request.user)
    rows = rows.select_related("supervision__programme", "supervision__supporter", "supervision__supervisor")
    row = get_object_or_404(rows, public_id=public_id)
    if request.method == "POST":
        read = request.POST.get("version", "")
        version = int(read) if read.isascii() and read.isdigit() and len(read) < 6 else 0
        try_to(
            request,
            lambda: services.sign_talk(actor=request.user, talk=row, version=version, now=timezone.now()),
            _("Thank you. Both of you have said yes."),
        )
        return redirect("supervision:talk", public_id=public_id)
    pair = row.supervision
    context = {"pair": pair, "shown": queries.talk_shown(row, request.user)}
    return render(request, "supervision/talk.html", context | {"other": pair.other_of(request.user)})


@signed_in
@require_POST
def tick(request: SignedInRequest, public_id: str) -> HttpResponse:
    rows = Action.objects.filter(talk__in=policy.talks_visible_to(request.user))
    row = get_object_or_404(rows.select_related("talk__supervision"), public_id=public_id)
    is_done = request.POST.get("done") == "yes"
    try_to(
        request,
        lambda: services.tick_action(actor=request.user, action=row, is_done=is_done, now=timezone.now()),
        _("Ticked.") if is_done else _("It is open again."),
    )
    return redirect("supervision:pair", public_id=row.talk.supervision.public_id)


@signed_in
@require_POST
def someone_else(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Another practice supervisor, in one tap and without a reason."""
    row = ours(request, public_id)
    made = try_to(
        request,
        lambda: services.ask_for_another(actor=request.user, supervision=row, now=timezone.now()),
        _("Done. Nobody asks you why, and nobody is told."),
    )
    if isinstance(made, Supervision):
        return redirect("supervision:pair", public_id=made.public_id)
    return redirect("supervision:mine")


@signed_in
@require_POST
def step_back(request: SignedInRequest, public_id: str) -> HttpResponse:
    row = ours(request, public_id)
    try_to(
        request,
        lambda: services.step_back(actor=request.user, supervision=row, now=timezone.now()),
        _("That has ended. The coordinators see to somebody else for them."),
    )
    return redirect("supervision:mine")


@signed_in
@require_POST
def share_weeks(request: SignedInRequest, public_id: str) -> HttpResponse:
    row = ours(request, public_id)
    shares = request.POST.get("share") == "yes"
    try_to(
        request,
        lambda: services.share_weeks(actor=request.user, supervision=row, shares=shares, now=timezone.now()),
        _("They can see your weeks now.") if shares else _("Your weeks are yours alone again."),
    )
    return redirect("supervision:pair", public_id=public_id)
