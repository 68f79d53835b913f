"""At the door; the space; what stands at its head; a pause; a private word."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from companionway.groups import device, policy, queries, services
from companionway.groups.forms import PauseForm, PinForm, TalkForm
from companionway.groups.models import Group
from companionway.groups.views._found import arranged, found, led, own, rules_of
from companionway.people.doors import signed_in
from companionway.people.http import SignedInRequest
from companionway.people.models import Person
from companionway.people.policy import ADULT
from companionway.ui.deeds import said_yes, try_to


@signed_in
@require_http_methods(["GET", "POST"])
def door(request: SignedInRequest, public_id: str) -> HttpResponse:
    """What the group agreed and what changed since one said yes; POST says yes and comes in."""
    group, me, here = own(request, public_id), request.user, device.remembered(request)
    keeps = group.programme.keeps_register
    agreed = policy.agreed_by(me, group) if keeps else here.agreed.get(group.public_id, 0)
    if request.method == "POST":
        return _came_in(request, group, here)
    new, gone = queries.what_changed(group, agreed)
    newest = queries.newest_number(group)
    context = {
        "group": group,
        "rules": rules_of(group),
        "sentences": queries.agreement_of(group),
        "number": newest,
        "agreed": agreed,
        "new": new if 0 < agreed < newest else [],
        "gone": gone if 0 < agreed < newest else [],
        "has_space": group.space_id is not None,
    }
    return render(request, "groups/door.html", context)


def _came_in(request: SignedInRequest, group: Group, here: device.Remembered) -> HttpResponse:
    asked = request.POST.get("number", "")
    number = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 6 else 0
    me, now = request.user, request.now
    said = try_to(request, lambda: services.agree_at_the_door(actor=me, group=group, number=number, now=now))
    if said is None:
        return redirect("groups:door", group.public_id)
    response: HttpResponse = redirect("groups:group", group.public_id)
    if group.space is not None:
        entered = try_to(
            request,
            lambda: services.enter_space(actor=me, group=group, agreed=number, now=now) or True,
        )
        if entered:
            response = redirect("conversations:talk", group.space.public_id)
    if not group.programme.keeps_register:
        here.agreed[group.public_id] = number
        device.remember(request, response, here)
    return response


@signed_in
@require_POST
def open_space(request: SignedInRequest, public_id: str) -> HttpResponse:
    group = arranged(request, public_id)
    try_to(
        request,
        lambda: services.open_space(actor=request.user, group=group, now=request.now),
        _("The group has its own space now."),
    )
    return redirect("groups:group", public_id)


@signed_in
@require_POST
def leave_space(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Out of the space. Nobody is told."""
    group = found(request, public_id)
    try_to(request, lambda: services.leave_space(actor=request.user, group=group, now=request.now))
    messages.success(request, _("You have left the space. Nobody is told. You can come back at any time."))
    return redirect("groups:group", public_id)


@signed_in
@require_POST
def mute(request: SignedInRequest, public_id: str) -> HttpResponse:
    """No word that something is new there; or again."""
    group, wants = own(request, public_id), "off" not in request.POST
    thanks = _("Quiet now. What is new is there when you come.") if wants else _("You are told again.")
    try_to(
        request,
        lambda: services.mute_space(actor=request.user, group=group, is_muted=wants, now=request.now) or True,
        thanks,
    )
    return redirect("groups:group", public_id)


@signed_in
@require_http_methods(["GET", "POST"])
def pin(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Words at the head of the space."""
    group, me = led(request, public_id), request.user
    if group.space is None:
        raise Http404
    form = PinForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        words = form.cleaned_data["words"]
        if said_yes(
            form,
            "words",
            lambda: services.pin_words(actor=me, group=group, words=words, now=request.now),
        ):
            return redirect("conversations:talk", group.space.public_id)
    context = {"group": group, "form": form, "pins": queries.pins_of(group)}
    return render(request, "groups/pin.html", context, status=422 if form.errors else 200)


@signed_in
@require_POST
def take_down(request: SignedInRequest, public_id: str) -> HttpResponse:
    rows = policy.pins_visible_to(request.user).select_related("group__programme")
    row = get_object_or_404(rows, public_id=public_id)
    try_to(request, lambda: services.take_down_pin(actor=request.user, pin=row, now=request.now))
    return redirect("groups:group", row.group.public_id)


@signed_in
@require_http_methods(["GET", "POST"])
def pause(request: SignedInRequest, public_id: str) -> HttpResponse:
    """For some days somebody reads and does not write, for a reason they read."""
    group, me = led(request, public_id), request.user
    people = queries.who_wrote_in(group, me)
    choices = [(each.public_id, each.name) for each in people]
    form = PauseForm(request.POST or None, people=choices)
    if request.method == "POST" and form.is_valid():
        said = dict(form.cleaned_data)
        who = said.pop("person")
        person = next(each for each in people if each.public_id == who)
        deed = lambda: services.pause_in_space(  # noqa: E731
            actor=me, group=group, person=person, now=request.now, **said
        )
        if said_yes(form, None, deed):
            messages.success(request, _("They read why, and until when. Nobody else is told."))
            return redirect("groups:group", public_id)
    lasting = policy.pauses_visible_to(me).filter(group=group, by=me, ended_at=None).select_related("person")
    context = {
        "group": group,
        "form": form,
        "lasting": lasting,
        "people": people,
        "decides_itself": policy.decides_itself(group.programme),
    }
    return render(request, "groups/pause.html", context, status=422 if form.errors else 200)


@signed_in
@require_POST
def end_pause(request: SignedInRequest, public_id: str) -> HttpResponse:
    rows = policy.pauses_visible_to(request.user).exclude(person=request.user)
    row = get_object_or_404(rows.select_related("group", "person"), public_id=public_id)
    try_to(request, lambda: services.end_pause(actor=request.user, pause=row, now=request.now))
    return redirect("groups:group", row.group.public_id)


@signed_in
@require_http_methods(["GET", "POST"])
def talk(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Ask one who holds the group for a private word, when something stands between two people of it."""
    group, me = own(request, public_id), request.user
    led_by = {
        each.public_id: each.name
        for each in queries.holders_of(group, rules_of(group))
        if each.is_frame and each.person_id != me.pk
    }
    form = TalkForm(
        request.POST or None,
        holders=list(led_by.items()),
        read_by_all=group.programme.keeps_adults_apart and me.age_band != ADULT,
    )
    if request.method == "POST" and form.is_valid():
        words = form.cleaned_data["words"]
        to = Person.objects.get(public_id=form.cleaned_data["to"])
        if said_yes(
            form,
            "to",
            lambda: services.ask_for_talk(actor=me, group=group, to=to, words=words, now=request.now),
        ):
            messages.success(request, _("They are asked for a private word. Nobody else is told."))
            return redirect("groups:group", public_id)
    context = {"group": group, "form": form, "any": bool(led_by)}
    return render(request, "groups/talk.html", context, status=422 if form.errors else 200)


@signed_in
@require_POST
def talk_over(request: SignedInRequest, public_id: str) -> HttpResponse:
    rows = policy.talk_wishes_visible_to(request.user).select_related("group")
    row = get_object_or_404(rows, public_id=public_id)
    try_to(request, lambda: services.talk_is_over(actor=request.user, wish=row, now=request.now))
    return redirect("groups:group", row.group.public_id)
