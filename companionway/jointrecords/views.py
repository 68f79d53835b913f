"""My records: about me, and those I write with somebody. Nobody else comes in."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from companionway.clubhouse import policy as houses
from companionway.jointrecords import policy, queries, services
from companionway.jointrecords.forms import AskRecordForm, RecordForm
from companionway.jointrecords.models import JointRecord
from companionway.people.doors import signed_in
from companionway.people.http import SignedInRequest
from companionway.people.models import Programme
from companionway.safety import queries as safety
from companionway.ui.deeds import said_yes, try_to


def _home(request: SignedInRequest, public_id: str) -> tuple[Programme, bool]:
    """The house and whether they belong; also for whoever left: records about them stay theirs to read."""
    found = houses.visible_to(request.user).filter(public_id=public_id).first()
    if found is not None:
        return found, True
    mine = JointRecord.objects.filter(member=request.user).values("programme")
    return get_object_or_404(Programme, pk__in=mine, public_id=public_id), False


@signed_in
@require_http_methods(["GET", "POST"])
def records(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Every record about me, those I write with others, and asking somebody to write one."""
    me, (programme, belongs) = request.user, _home(request, public_id)
    apart = safety.people_kept_from(me.pk)
    form = AskRecordForm(
        request.POST if request.method == "POST" else None, others=houses.others_of(me, programme, apart)
    )
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        two = (me, said["other"]) if said["about"] == "me" else (said["other"], me)
        made = said_yes(
            form,
            None,
            lambda: services.ask_for_record(
                actor=me, programme=programme, member=two[0], other=two[1], kind=said["kind"], now=timezone.now()
            ),
        )  # fmt: skip
        if made:
            return redirect("jointrecords:record", public_id=made.public_id)
    mine, written = queries.records_for(me, programme, apart)
    context = {"programme": programme, "form": form, "mine": mine, "written": written, "belongs": belongs}
    return render(request, "jointrecords/list.html", context)


def _record(request: SignedInRequest, public_id: str) -> JointRecord:
    rows = policy.records_visible_to(request.user).select_related("programme", "member", "other")
    found: JointRecord = get_object_or_404(rows, public_id=public_id)
    return found


@signed_in
@require_http_methods(["GET", "POST"])
def record(request: SignedInRequest, public_id: str) -> HttpResponse:
    """One record; POST is a new version by either of the two."""
    row, me = _record(request, public_id), request.user
    form: Any = RecordForm(request.POST) if request.method == "POST" else None
    if form is not None and form.is_valid() and _written(request, row, form):
        return redirect("jointrecords:record", public_id=public_id)
    shown = queries.opened_by(me, row, timezone.now() - services.LOOK_LASTS)
    is_open = shown is not None
    if form is None:
        words = shown.newest.words if shown and shown.newest else ""
        form = RecordForm(initial={"after": row.version, "words": words})
    works = policy.may_work_on(me, row)
    context = {
        "record": row,
        "programme": row.programme,
        "other": row.other_of(me),
        "is_member": row.member_id == me.pk,
        "is_open": is_open,
        "shown": shown,
        "form": form,
        "may_write": works and policy.waits_for_words(row) and (is_open or form.is_bound or row.version == 0),
        "may_answer": works and policy.waits_for_answer(me, row),
        "may_sign": works and is_open and policy.waits_for_signature(me, row),
        "i_signed": row.signed_by(me),
        "may_set_aside": policy.may_set_aside(me, row),
        "may_report": bool(shown and any(each.by.pk != me.pk for each in shown.versions)),
        "back_url": reverse("jointrecords:list", args=[row.programme.public_id]),
    }
    return render(request, "jointrecords/record.html", context)


def _written(request: SignedInRequest, row: JointRecord, form: RecordForm) -> bool:
    said = form.cleaned_data
    if said_yes(
        form, None, lambda: services.write_record(actor=request.user, record=row, now=timezone.now(), **said)
    ):
        return True
    row.refresh_from_db()
    form.look_again(row.version)
    return False


def _pressed(request: SignedInRequest, row: JointRecord, deed: Any, thanks: Any = "") -> HttpResponse:
    try_to(request, lambda: deed(actor=request.user, record=row, now=timezone.now()), thanks)
    return redirect("jointrecords:record", public_id=row.public_id)


@signed_in
@require_POST
def yes(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Say yes to writing it together."""
    return _pressed(request, _record(request, public_id), services.agree_to_record)


@signed_in
@require_POST
def open_record(request: SignedInRequest, public_id: str) -> HttpResponse:
    """The other opens it; the member is shown that."""
    return _pressed(request, _record(request, public_id), services.open_record)


@signed_in
@require_POST
def sign(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Sign the version one has read."""
    row, typed = _record(request, public_id), request.POST.get("version", "")
    version = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 6 else 0
    try_to(
        request,
        lambda: services.sign_record(actor=request.user, record=row, version=version, now=timezone.now()),
        _("Signed. Thank you."),
    )
    return redirect("jointrecords:record", public_id=public_id)


@signed_in
@require_POST
def set_aside(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Say no, or let the draft go."""
    row = _record(request, public_id)
    home = row.programme.public_id
    is_home = any(each.public_id == home for each in houses.houses_of(request.user))
    try_to(
        request,
        lambda: services.set_record_aside(actor=request.user, record=row, now=timezone.now()),
        _("It is gone."),
    )
    return redirect("jointrecords:list", public_id=home) if is_home else redirect("clubhouse:houses")
