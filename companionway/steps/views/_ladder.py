"""One's own ladder: build it, change it, print it, take it away."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from companionway.people.doors import signed_in
from companionway.people.http import SignedInRequest
from companionway.steps import queries, services
from companionway.steps.book import Pages, Step
from companionway.steps.forms import ExamplesForm, StepForm
from companionway.ui.deeds import said_yes, try_to


def own_step(request: SignedInRequest, key: str) -> tuple[Pages, Step]:
    """One's own book and one step of it; not there for anybody else, as what does not exist."""
    pages = queries.own_book(request.user)
    found = pages.step(key)
    if found is None:
        raise Http404
    return pages, found


@signed_in
@require_safe
def ladder(request: SignedInRequest) -> HttpResponse:
    """The highest step stands at the top."""
    pages = queries.own_book(request.user)
    context = {
        "steps": pages.steps[::-1],
        "links": queries.links_of(request.user, pages.steps),
        "examples": queries.examples(),
        "has_any": not pages.is_empty,
        "on_device": pages.on_device,
        "companies": queries.mine_now(request.user, request.now),
    }
    return render(request, "steps/ladder.html", context)


@signed_in
@require_safe
def paper(request: SignedInRequest) -> HttpResponse:
    pages = queries.own_book(request.user)
    return render(request, "steps/paper.html", {"steps": pages.steps[::-1]})


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: SignedInRequest) -> HttpResponse:
    series = queries.series_to_choose(request.user, request.now)
    form = StepForm(request.POST if request.method == "POST" else None, series=series)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        kept = said_yes(
            form,
            None,
            lambda: services.add_steps(
                actor=request.user,
                words=[said["words"]],
                place=said["place"],
                series=said.get("series", ""),
                now=request.now,
            ),
        )
        if kept:
            return redirect("steps:ladder")
    return render(request, "steps/write.html", {"form": form, "step": None})


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def pick(request: SignedInRequest) -> HttpResponse:
    """Examples to pick from, change or ignore."""
    form = ExamplesForm(request.POST if request.method == "POST" else None, examples=queries.examples())
    if request.method == "POST" and form.is_valid():
        words = form.words()
        kept = said_yes(
            form, "chosen", lambda: services.add_steps(actor=request.user, words=words, now=request.now)
        )
        if kept:
            return redirect("steps:ladder")
    return render(request, "steps/pick.html", {"form": form})


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: SignedInRequest, key: str) -> HttpResponse:
    _pages, step = own_step(request, key)
    series = queries.series_to_choose(request.user, request.now)
    form = StepForm(request.POST if request.method == "POST" else None, series=series, step=step)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        kept = said_yes(
            form,
            None,
            lambda: services.change_step(
                actor=request.user,
                key=key,
                words=said["words"],
                place=said["place"],
                series=said.get("series", ""),
                now=request.now,
            ),
        )
        if kept:
            return redirect("steps:step", key)
    return render(request, "steps/write.html", {"form": form, "step": step})


@signed_in
@require_POST
def move(request: SignedInRequest, key: str) -> HttpResponse:
    own_step(request, key)
    up = request.POST.get("way") == "up"
    try_to(request, lambda: services.move_step(actor=request.user, key=key, up=up, now=request.now))
    return redirect("steps:ladder")


@signed_in
@require_POST
def remove(request: SignedInRequest, key: str) -> HttpResponse:
    own_step(request, key)
    try_to(
        request,
        lambda: services.take_step_away(actor=request.user, key=key, now=request.now),
        _("Taken away. Nothing of it is left."),
    )
    return redirect("steps:ladder")


@signed_in
@require_POST
def device(request: SignedInRequest) -> HttpResponse:
    """Whether the words of the steps go into the copy that this person's own device keeps."""
    wanted = request.POST.get("copy") == "yes"
    thanks = (
        _("Your steps go into the copy that your own device keeps.")
        if wanted
        else _("Your steps are kept on no device. A copy that is there goes with the next connection.")
    )
    deed = services.choose_device_copy
    try_to(request, lambda: deed(actor=request.user, wanted=wanted, now=request.now), thanks)
    return redirect("steps:ladder")


@signed_in
@require_POST
def clear(request: SignedInRequest) -> HttpResponse:
    try_to(
        request,
        lambda: services.take_everything_away(actor=request.user, now=request.now),
        _("Taken away. Nothing of it is left."),
    )
    return redirect("steps:ladder")
