"""What matters, one question a page; every one can be skipped and changed later."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from companionway.introductions import forms, queries, services
from companionway.introductions.models import Request
from companionway.introductions.views._doors import own_request
from companionway.oncall import queries as oncall
from companionway.people import policy as people_policy
from companionway.people import queries as people
from companionway.people import services as people_services
from companionway.people.doors import signed_in
from companionway.people.http import SignedInRequest
from companionway.people.models import Audience, ItemKind
from companionway.people.queries import Item
from companionway.practice import queries as practice
from companionway.ui.deeds import try_to
from companionway.ui.forms import KindForm

Deed = Callable[[], Any]


@signed_in
@require_http_methods(["GET", "POST"])
def question(request: SignedInRequest, public_id: str, step: int) -> HttpResponse:
    row = own_request(request, public_id)
    if not 1 <= step <= len(STEPS):
        raise Http404
    make, save = STEPS[step - 1]
    form = make(request, row)
    last = step == len(STEPS)
    is_good = request.method == "POST" and form.is_valid()
    if is_good and try_to(request, lambda: save(request, row, form)) is not None:
        return _on(public_id, step, last)
    context = {"form": form, "row": row, "step": step, "total": len(STEPS), "last": last}
    context["team"] = oncall.who_is_here(timezone.now())
    if isinstance(form, forms.HoursForm):
        ticked = request.POST.getlist("hours") if form.is_bound else queries.wishes_of(row).hours
        context |= {"days": practice.week_days(), "grid": practice.week_grid(ticked)}
    return render(request, "introductions/question.html", context)


def _on(public_id: str, step: int, last: bool) -> HttpResponse:
    if last:
        return redirect("introductions:request", public_id=public_id)
    return redirect("introductions:question", public_id=public_id, step=step + 1)


def _data(request: SignedInRequest) -> Any:
    return request.POST if request.method == "POST" else None


def _wish(request: SignedInRequest, row: Request, changes: dict[str, Any]) -> Any:
    return services.change_wishes(actor=request.user, request=row, changes=changes, now=timezone.now())


def _words(request: SignedInRequest, row: Request) -> KindForm:
    return forms.WordsForm(_data(request), initial={"words": queries.wishes_of(row).words})


def _own_words(kind: ItemKind, label: Any) -> tuple[Callable[..., KindForm], Callable[..., Any]]:
    def make(request: SignedInRequest, row: Request) -> KindForm:
        kept = _item(request, kind)
        start = {"text": kept.text, "audience": kept.audience} if kept else {"audience": Audience.SUPPORTER}
        return forms.OwnWordsForm(_data(request), initial=start, label=label())

    def save(request: SignedInRequest, row: Request, form: KindForm) -> Any:
        return _keep_words(request, kind, form.cleaned_data["text"], form.cleaned_data["audience"])

    return make, save


def _item(request: SignedInRequest, kind: ItemKind) -> Item | None:
    """The newest thing of this kind said in own words."""
    items = people.profile_items(request.user, seen_by=Audience.NOBODY)
    return next((each for each in reversed(items) if each.kind == kind and not each.key), None)


def _keep_words(request: SignedInRequest, kind: ItemKind, text: str, audience: str) -> Any:
    kept, now = _item(request, kind), timezone.now()
    if kept is None:
        if not text.strip():
            return True
        return people_services.share_item(
            actor=request.user, kind=kind, text=text, audience=audience, now=now
        )
    item = people_policy.items_visible_to(request.user).get(public_id=kept.public_id)
    if not text.strip():
        people_services.remove_item(actor=request.user, item=item, now=now)
        return True
    return people_services.rewrite_item(actor=request.user, item=item, text=text, audience=audience, now=now)


def _my_topics(request: SignedInRequest) -> dict[str, str]:
    items = people.profile_items(request.user, seen_by=Audience.NOBODY)
    return {each.key: each.audience for each in items if each.kind == ItemKind.EXPERIENCE and each.key}


def _topics(request: SignedInRequest, row: Request) -> KindForm:
    start = {"topics": list(_my_topics(request)), "audience": Audience.MATCHING}
    return forms.TopicsForm(_data(request), initial=start)


def _keep_topics(request: SignedInRequest, row: Request, form: KindForm) -> Any:
    kept, said = _my_topics(request), form.cleaned_data
    audiences = {key: kept.get(key, said["audience"]) for key in said["topics"]}
    people_services.choose_topics(
        actor=request.user, kind=ItemKind.EXPERIENCE, audiences=audiences, now=timezone.now()
    )
    return True


def _key_topics(request: SignedInRequest, row: Request) -> KindForm:
    start = {"key_topics": queries.wishes_of(row).key_topics}
    return forms.KeyTopicsForm(_data(request), initial=start, mine=list(_my_topics(request)))


def _weights(request: SignedInRequest, row: Request) -> KindForm:
    return forms.WeightsForm(_data(request), initial=forms.WeightsForm.starting_from(queries.wishes_of(row)))


def _keep_weights(request: SignedInRequest, row: Request, form: forms.WeightsForm) -> Any:
    return _wish(request, row, {"weights": form.weights})


def _talking(request: SignedInRequest, row: Request) -> KindForm:
    return forms.TalkingForm(_data(request), initial=queries.wishes_of(row).facts())


def _hours(request: SignedInRequest, row: Request) -> KindForm:
    return forms.HoursForm(_data(request))


def _keep_wishes(request: SignedInRequest, row: Request, form: KindForm) -> Any:
    return _wish(request, row, dict(form.cleaned_data))


STEPS: list[tuple[Callable[..., Any], Callable[..., Any]]] = [
    _own_words(ItemKind.STORY, lambda: _("What is going on for you?")),
    _own_words(ItemKind.MATTERS, lambda: _("What matters to you in somebody to talk with?")),
    (_topics, _keep_topics),
    (_key_topics, _keep_wishes),
    (_weights, _keep_weights),
    (_talking, _keep_wishes),
    (_hours, _keep_wishes),
    (_words, _keep_wishes),
]
