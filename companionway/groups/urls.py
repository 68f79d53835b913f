"""The addresses of this room."""

from __future__ import annotations

from django.urls import path

from companionway.groups import views

app_name = "groups"
_here = "groups/<str:public_id>/"
urlpatterns = [
    path("groups/", views.every, name="list"),
    path("groups/begin/<str:public_id>/", views.begin, name="begin"),
    path("groups/proposals/<str:public_id>/vote/", views.vote, name="vote"),
    path("groups/polls/<str:public_id>/answer/", views.answer, name="answer"),
    path("groups/words/<str:public_id>/take-down/", views.take_down, name="take_down"),
    path("groups/talks/<str:public_id>/over/", views.talk_over, name="talk_over"),
    path("groups/talks/<str:public_id>/say/", views.say_to_talk, name="say_to_talk"),
    path("groups/talks/<str:public_id>/end/", views.end_talk_of_three, name="end_talk_of_three"),
    path("groups/away/<str:public_id>/", views.away, name="away"),
    path("groups/pauses/<str:public_id>/end/", views.end_pause, name="end_pause"),
    path(_here, views.one, name="group"),
    path(_here + "keep/", views.keep, name="keep"),
    path(_here + "ask/", views.ask, name="ask"),
    path(_here + "take/", views.take, name="take"),
    path(_here + "not-now/", views.leave_queue, name="leave_queue"),
    path(_here + "leave/", views.leave, name="leave"),
    path(_here + "door/", views.door, name="door"),
    path(_here + "space/open/", views.open_space, name="open_space"),
    path(_here + "space/leave/", views.leave_space, name="leave_space"),
    path(_here + "space/quiet/", views.mute, name="mute"),
    path(_here + "space/words/", views.pin, name="pin"),
    path(_here + "space/pause/", views.pause, name="pause"),
    path(_here + "space/away/", views.leave_out, name="leave_out"),
    path(_here + "decisions/", views.decisions, name="decisions"),
    path(_here + "decisions/agreement/", views.propose_agreement, name="propose_agreement"),
    path(_here + "decisions/propose/", views.propose, name="propose"),
    path(_here + "decisions/ask/", views.new_poll, name="new_poll"),
    path(_here + "talk/", views.talk, name="talk"),
    path(_here + "talk/three/", views.talk_of_three, name="talk_of_three"),
    path(_here + "phone-tree/", views.tree, name="tree"),
    path(_here + "outside/", views.outside, name="outside"),
    path(_here + "change/", views.change, name="change"),
    path(_here + "end/", views.end, name="end"),
    path(_here + "meets/", views.meets, name="meets"),
    path(_here + "meets/begin/", views.begin_meetings, name="begin_meetings"),
    path(_here + "meets/no-more/", views.meet_no_more, name="meet_no_more"),
    path(_here + "positions/", views.positions, name="positions"),
    path(_here + "positions/lay-down/", views.step_down, name="step_down"),
]
