"""The phone tree of a group: who rings whom when a meeting cannot happen."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from companionway.groups import policy, queries, services
from companionway.groups.forms import TreeForm
from companionway.groups.views._found import own
from companionway.people.doors import signed_in
from companionway.people.http import SignedInRequest
from companionway.ui.deeds import said_yes


@signed_in
@require_http_methods(["GET", "POST"])
def tree(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Only those who stand on it read it. POST says how one can be reached, or takes it off again."""
    group, me, now = own(request, public_id), request.user, request.now
    if not policy.may_stand_on_tree(me, group):
        raise Http404
    chain = queries.tree_of(me, group)
    mine = next((each for each in chain if each.person_id == me.pk), None)
    if "off" in request.POST:
        services.leave_tree(actor=me, group=group, now=now)
        messages.success(request, _("You stand on it no longer. Nobody is told."))
        return redirect("groups:tree", public_id)
    form = TreeForm(request.POST or None, initial={"reached_by": mine.reached_by if mine else ""})
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        deed = lambda: services.stand_on_tree(actor=me, group=group, now=now, **said)  # noqa: E731
        if said_yes(form, "reached_by", deed):
            messages.success(request, _("You stand on it now, for those who stand on it too."))
            return redirect("groups:tree", public_id)
    context = {"group": group, "form": form, "mine": mine, "chain": chain}
    return render(request, "groups/tree.html", context, status=422 if form.errors else 200)
