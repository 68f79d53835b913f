"""My own things: what I share, what I need, what I agreed to, how pages behave, and a pause."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from companionway.foundation.policy import Refused
from companionway.people import policy, queries, services, topics
from companionway.people.doors import signed_in
from companionway.people.forms import ItemForm, NeedsForm, PreferencesForm, TopicsForm
from companionway.people.http import SignedInRequest
from companionway.people.models import Audience, Consent, ItemKind, Purpose
from companionway.people.queries import Needs

OWN_WORDS = (ItemKind.STORY, ItemKind.MATTERS, ItemKind.ABOUT)
SEEN_AS = {"supporter": Audience.SUPPORTER, "deciding": Audience.SUPPORTER, "team": None}


@signed_in
@require_safe
def me(request: SignedInRequest) -> HttpResponse:
    return render(request, "people/me.html", {"programmes": queries.programmes_of(request.user)})


@signed_in
@require_safe
def profile(request: SignedInRequest) -> HttpResponse:
    items = queries.profile_items(request.user, seen_by=Audience.NOBODY)
    own = [(kind, [each for each in items if each.kind == kind and not each.key]) for kind in OWN_WORDS]
    chosen = [(kind, [each for each in items if each.kind == kind and each.key]) for kind in topics.OF_KIND]
    return render(request, "people/profile.html", {"own": own, "chosen": chosen})


@signed_in
@require_safe
def as_seen(request: SignedInRequest, by: str) -> HttpResponse:
    if by not in SEEN_AS:
        raise Http404
    least = SEEN_AS[by]
    items = queries.profile_items(request.user, seen_by=least) if least else []
    if by == "deciding":
        items = [each for each in items if each.label]
    needs = queries.needs_of(request.user) if by == "supporter" else None
    context = {"by": by, "items": items, "needs": needs, "with_words": by == "supporter"}
    return render(request, "people/as_seen.html", context)


@signed_in
@require_http_methods(["GET", "POST"])
def add_item(request: SignedInRequest, kind: str) -> HttpResponse:
    if kind not in [str(each) for each in OWN_WORDS]:
        raise Http404
    form = ItemForm(
        request.POST if request.method == "POST" else None, initial={"audience": Audience.SUPPORTER}
    )
    if form.is_bound and form.is_valid():
        try:
            services.share_item(actor=request.user, kind=kind, now=request.now, **form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Kept. Only those you chose can see it."))
            return redirect("people:profile")
    context = {"form": form, "title": ItemKind(kind).label}
    return render(request, "people/item.html", context, status=422 if form.errors else 200)


@signed_in
@require_http_methods(["GET", "POST"])
def edit_item(request: SignedInRequest, public_id: str) -> HttpResponse:
    row = get_object_or_404(policy.items_visible_to(request.user), public_id=public_id)
    opened = next(
        each
        for each in queries.profile_items(request.user, seen_by=Audience.NOBODY)
        if each.public_id == public_id
    )
    first = {"text": opened.text, "audience": opened.audience}
    form = ItemForm(request.POST if request.method == "POST" else None, initial=first)
    if form.is_bound and form.is_valid():
        services.rewrite_item(actor=request.user, item=row, now=request.now, **form.cleaned_data)
        messages.success(request, _("Kept. Only those you chose can see it."))
        return redirect("people:profile")
    context = {"form": form, "title": opened.label or opened.kind_words, "item": opened}
    return render(request, "people/item.html", context, status=422 if form.errors else 200)


@signed_in
@require_POST
def remove_item(request: SignedInRequest, public_id: str) -> HttpResponse:
    row = get_object_or_404(policy.items_visible_to(request.user), public_id=public_id)
    services.remove_item(actor=request.user, item=row, now=request.now)
    messages.success(request, _("Taken away for good."))
    return redirect("people:profile")


@signed_in
@require_http_methods(["GET", "POST"])
def choose_topics(request: SignedInRequest, kind: str) -> HttpResponse:
    if kind not in topics.OF_KIND:
        raise Http404
    items = queries.profile_items(request.user, seen_by=Audience.NOBODY)
    first = {each.key: each.audience for each in items if each.kind == kind and each.key}
    form = TopicsForm(request.POST if request.method == "POST" else None, kind=kind, initial=first)
    if form.is_bound and form.is_valid():
        services.choose_topics(actor=request.user, kind=kind, audiences=form.chosen, now=request.now)
        messages.success(request, _("Kept. Only those you chose can see it."))
        return redirect("people:profile")
    context = {"form": form, "title": ItemKind(kind).label}
    return render(request, "people/topics.html", context, status=422 if form.errors else 200)


@signed_in
@require_http_methods(["GET", "POST"])
def needs(request: SignedInRequest) -> HttpResponse:
    said = queries.needs_of(request.user)
    first = {name: getattr(said, name) for name in ("languages", "modes", "never", "access", "words")}
    first["safe_times"] = ", ".join(said.safe_times)
    form = NeedsForm(request.POST if request.method == "POST" else None, initial=first)
    if form.is_bound and form.is_valid():
        times = [form.cleaned_data["safe_times"]] if form.cleaned_data["safe_times"] else []
        stated = Needs(**{**form.cleaned_data, "safe_times": times})
        services.state_needs(actor=request.user, needs=stated, now=request.now)
        messages.success(request, _("Kept. You will not be asked again."))
        return redirect("people:needs")
    return render(request, "people/needs.html", {"form": form}, status=422 if form.errors else 200)


@signed_in
@require_http_methods(["GET", "POST"])
def consent(request: SignedInRequest) -> HttpResponse:
    if request.method == "POST":
        purpose, deed = request.POST.get("purpose", ""), request.POST.get("deed", "")
        try:
            if deed == "withdraw":
                services.withdraw_consent(actor=request.user, purpose=purpose, now=request.now)
                messages.success(request, _("Taken back. It stops now."))
            else:
                services.give_consent(actor=request.user, purpose=purpose, now=request.now)
                messages.success(request, _("Thank you. You can take it back at any time."))
        except Refused as refusal:
            messages.warning(request, str(refusal))
        return redirect("people:consent")
    every = list(queries.consents_of(request.user))
    living = {row.purpose: row for row in Consent.objects.live().filter(person=request.user, programme=None)}
    purposes = [(purpose, living.get(purpose.value)) for purpose in Purpose]
    return render(request, "people/consent.html", {"purposes": purposes, "every": every})


@signed_in
@require_safe
def receipt(request: SignedInRequest, public_id: str) -> HttpResponse:
    given = get_object_or_404(policy.consents_visible_to(request.user), receipt=public_id)
    return render(request, "people/receipt.html", {"given": given})


@signed_in
@require_http_methods(["GET", "POST"])
def preferences(request: SignedInRequest) -> HttpResponse:
    names = ("pronouns", "language", "time_zone", "quiet_from", "quiet_until")
    first = {name: getattr(request.user, name) for name in names}
    form = PreferencesForm(request.POST if request.method == "POST" else None, initial=first)
    if form.is_bound and form.is_valid():
        services.choose_preferences(actor=request.user, now=request.now, **form.cleaned_data)
        messages.success(request, _("Kept."))
        response = redirect("people:preferences")
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            form.cleaned_data["language"],
            max_age=365 * 24 * 3600,
            samesite="Lax",
        )
        return response
    return render(request, "people/preferences.html", {"form": form}, status=422 if form.errors else 200)


@signed_in
@require_http_methods(["GET", "POST"])
def pause(request: SignedInRequest) -> HttpResponse:
    if request.method == "POST":
        if request.user.paused_at is None:
            services.pause(actor=request.user, now=request.now)
        else:
            services.come_back(actor=request.user, now=request.now)
        return redirect("people:pause")
    return render(request, "people/pause.html")
