"""The pages of this room, all usable without a script. What is written live comes in by `lane_doors`."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from companionway.conversations import gates, places, policy, queries, services
from companionway.conversations.bubbles import draw
from companionway.conversations.forms import LookInsideForm, MessageForm, SignalsForm
from companionway.conversations.models import Conversation, Message, Participant
from companionway.conversations.talk_page import TalkPage, look_of, talk_page
from companionway.conversations.words import Unfit
from companionway.foundation.policy import Refused
from companionway.people.doors import signed_in
from companionway.people.http import SignedInRequest


def _mine(request: SignedInRequest, public_id: str) -> Conversation:
    return get_object_or_404(policy.visible_to(request.user), public_id=public_id)


def _talk(request: SignedInRequest, public_id: str) -> Conversation:
    if (found := queries.own_side(request.user, public_id)) is None:
        raise Http404
    return found


def _message(request: SignedInRequest, public_id: str, message_id: int) -> Message:
    shown = policy.visible_messages(request.user)
    return get_object_or_404(shown, pk=message_id, conversation__public_id=public_id)


def _wants_data(request: HttpRequest) -> bool:
    return request.headers.get("X-Requested-With") == "fetch"


@signed_in
@require_GET
def all_mine(request: SignedInRequest) -> HttpResponse:
    """With whom, and how much is new; never a word of it."""
    return render(request, "conversations/list.html", {"listed": queries.my_conversations(request.user)})


@signed_in
@require_GET
def talk(request: SignedInRequest, public_id: str) -> HttpResponse:
    """The conversation itself. Looking at the newest page is reading it."""
    conversation, now = _talk(request, public_id), request.now
    asked = request.GET.get("before", "")
    before = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 19 else None
    page = talk_page(person=request.user, conversation=conversation, before_id=before, now=now)
    response = _drawn(request, page, MessageForm(initial=page.draft))
    if page.is_newest and page.newest_id > page.read_id:
        services.mark_read(actor=request.user, conversation=conversation, up_to=page.newest_id, now=now)
    return response


def _drawn(request: SignedInRequest, page: TalkPage, form: MessageForm, status: int = 200) -> HttpResponse:
    return render(request, "conversations/talk.html", {"page": page, "form": form}, status=status)


@signed_in
@require_POST
def send(request: SignedInRequest, public_id: str) -> HttpResponse:
    """The form's way of sending, and of keeping a draft."""
    conversation, now, form = _talk(request, public_id), request.now, MessageForm(request.POST)
    words = {name: form.data.get(name, "") for name in ("text", "note", "client_id")}
    try:
        if "keep" in request.POST:
            services.keep_draft(actor=request.user, conversation=conversation, now=now, **words)
            messages.success(request, _("Kept as a draft. Only you can see it."))
            return redirect("conversations:talk", public_id)
        if form.is_valid():
            services.send_message(
                actor=request.user,
                conversation=conversation,
                asks_first="ask" in request.POST,
                now=now,
                **form.cleaned_data,
            )
            return redirect("conversations:talk", public_id)
    except (Unfit, Refused) as kept_back:
        form.add_error(None, str(kept_back))
        if not policy.may_write_now(conversation, now):
            # There is nowhere to write at this hour: the words stand there as a draft when it opens again.
            services.keep_draft(actor=request.user, conversation=conversation, now=now, **words)
            messages.success(request, _("Kept as a draft. Only you can see it."))
    page = talk_page(person=request.user, conversation=conversation, before_id=None, now=now)
    return _drawn(request, page, form, status=422)


@signed_in
@require_POST
def draft(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Words kept while they are being written."""
    words = {name: request.POST.get(name, "") for name in ("text", "note", "client_id")}
    try:
        services.keep_draft(
            actor=request.user, conversation=_mine(request, public_id), now=request.now, **words
        )
    except Refused as refused:
        return JsonResponse({"error": str(refused)}, status=422)
    return JsonResponse({})


@signed_in
@require_POST
def read(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Read as far as here."""
    conversation, up_to = _mine(request, public_id), request.POST.get("up_to", "")
    if up_to.isascii() and up_to.isdigit() and len(up_to) < 19:
        services.mark_read(actor=request.user, conversation=conversation, up_to=int(up_to), now=request.now)
    return JsonResponse({})


@signed_in
@require_http_methods(["GET", "POST"])
def about(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Who can read this, the signals, reporting and blocking."""
    conversation = _mine(request, public_id)
    people = queries.people_in(conversation.pk)
    me = next(each for each in people if each.person_id == request.user.pk)
    form = SignalsForm(request.POST or None, initial={"seen": me.wants_seen, "typing": me.wants_typing})
    if request.method == "POST" and form.is_valid():
        services.choose_signals(
            actor=request.user, conversation=conversation, now=request.now, **form.cleaned_data
        )
        messages.success(request, _("Your choice is kept."))
        return redirect("conversations:talk", public_id)
    page = {
        "conversation": conversation,
        "form": form,
        "others": [
            each.person for each in people if each.person_id != me.person_id and not conversation.heading
        ],
        "panel": gates.panel(request.user, conversation, places.gated_in(conversation.pk)),
    }
    return render(request, "conversations/about.html", page)


def _message_page(
    request: SignedInRequest, found: Message, form: MessageForm | None = None, status: int = 200
) -> HttpResponse:
    now, actor = request.now, request.user
    shown = queries.shown_of(found)
    names = {each.person_id: each.person.name for each in queries.people_in(found.conversation_id)}
    public_id = found.conversation.public_id
    page = {
        "bubble": draw(shown, viewer_id=actor.pk, names=names, public_id=public_id, look=look_of(actor)),
        "found": found,
        "conversation": found.conversation,
        "is_mine": found.author_id == actor.pk,
        "is_line": found.author_id is None,
        "report_link": f"{reverse('safety:report')}?about=message:{found.pk}",
        "form": form or MessageForm(initial=shown.facts),
        "may_edit": policy.may_edit(actor, found, now),
        "may_withdraw": policy.may_withdraw(actor, found),
    }
    return render(request, "conversations/message.html", page, status=status)


@signed_in
@require_GET
def message(request: SignedInRequest, public_id: str, message_id: int) -> HttpResponse:
    """What can be done with one message."""
    return _message_page(request, _message(request, public_id, message_id))


@signed_in
@require_POST
def edit(request: SignedInRequest, public_id: str, message_id: int) -> HttpResponse:
    """Say it in other words."""
    found, form = _message(request, public_id, message_id), MessageForm(request.POST)
    try:
        if form.is_valid():
            services.edit_message(
                actor=request.user,
                message=found,
                text=form.cleaned_data["text"],
                note=form.cleaned_data["note"],
                now=request.now,
            )
            return redirect("conversations:talk", public_id)
    except (Unfit, Refused) as kept_back:
        form.add_error(None, str(kept_back))
    return _message_page(request, found, form, status=422)


@signed_in
@require_POST
def undo(request: SignedInRequest, public_id: str, message_id: int) -> HttpResponse:
    """Take back what was just sent; the words return to the box."""
    found, now = _message(request, public_id, message_id), request.now
    try:
        words = services.undo_message(actor=request.user, message=found, now=now)
    except Refused as refused:
        if _wants_data(request):
            return JsonResponse({"error": str(refused)}, status=422)
        messages.warning(request, str(refused))
        return redirect("conversations:talk", public_id)
    return JsonResponse(words) if _wants_data(request) else redirect("conversations:talk", public_id)


@signed_in
@require_POST
def take_back(request: SignedInRequest, public_id: str, message_id: int) -> HttpResponse:
    """Destroy the words of one's own message; a line says that one was taken back."""
    try:
        services.withdraw_message(
            actor=request.user, message=_message(request, public_id, message_id), now=request.now
        )
    except Refused as refused:
        messages.warning(request, str(refused))
    return redirect("conversations:talk", public_id)


@signed_in
@require_POST
def unread(request: SignedInRequest, public_id: str, message_id: int) -> HttpResponse:
    """Come back to it later."""
    services.mark_unread(
        actor=request.user, message=_message(request, public_id, message_id), now=request.now
    )
    return redirect("conversations:list")


@signed_in
@require_http_methods(["GET", "POST"])
def look_inside(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Staff state a reason; the two people are told at once."""
    conversation = get_object_or_404(policy.lookable_by(request.user), public_id=public_id)
    form = LookInsideForm(request.POST or None)
    try:
        if request.method == "POST" and form.is_valid():
            services.look_inside(
                actor=request.user, conversation=conversation, now=request.now, **form.cleaned_data
            )
            return redirect("conversations:inside", public_id)
    except Refused as refused:
        form.add_error("reason", str(refused))
    status = 422 if form.errors else 200
    return render(
        request, "conversations/look_inside.html", {"conversation": conversation, "form": form}, status=status
    )


@signed_in
@require_GET
def inside(request: SignedInRequest, public_id: str) -> HttpResponse:
    """What staff read after they gave their reason, for an hour, and cannot change."""
    conversation = get_object_or_404(policy.looked_into_by(request.user, request.now), public_id=public_id)
    names = dict(
        Participant.objects.filter(conversation=conversation).values_list("person_id", "person__name")
    )
    look = look_of(request.user)
    bubbles = [
        draw(each, viewer_id=0, names=names, public_id=public_id, look=look)
        for each in queries.messages_of(conversation, limit=200)
    ]
    return render(request, "conversations/inside.html", {"bubbles": bubbles, "names": list(names.values())})
