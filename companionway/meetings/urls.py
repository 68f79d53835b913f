"""The addresses of this room."""

from __future__ import annotations

from django.urls import path

from companionway.meetings import views

app_name = "meetings"
urlpatterns = [
    path("meetings/", views.what_is_on, name="list"),
    path("meetings/open/", views.public, name="public"),
    path("meetings/open/<slug:public_id>/", views.public_one, name="public_one"),
    path("meetings/invitations/", views.invitations, name="invitations"),
    path("meetings/cover/", views.cover, name="cover"),
    path("meetings/cover/<slug:public_id>/take/", views.take, name="take"),
    path("meetings/cover/<slug:public_id>/give-back/", views.give_back, name="give_back"),
    path("meetings/begin/<slug:public_id>/", views.begin, name="begin"),
    path("meetings/series/<slug:public_id>/", views.series, name="series"),
    path("meetings/series/<slug:public_id>/remind-me/", views.remind_me, name="remind_me"),
    path("meetings/series/<slug:public_id>/forget/", views.forget, name="forget"),
    path("meetings/series/<slug:public_id>/change/", views.change, name="change"),
    path("meetings/series/<slug:public_id>/extra/", views.extra, name="extra"),
    path("meetings/series/<slug:public_id>/end/", views.end, name="end"),
    path("meetings/series/<slug:public_id>/who/", views.who, name="who"),
    path("meetings/series/<slug:public_id>/hold/", views.hold, name="hold"),
    path("meetings/series/<slug:public_id>/give/", views.give, name="give"),
    path("meetings/series/<slug:public_id>/step-down/", views.step_down, name="step_down"),
    path("meetings/series/<slug:public_id>/door/", views.door, name="door"),
    path("meetings/one/<slug:public_id>/", views.meeting, name="meeting"),
    path("meetings/one/<slug:public_id>/place/", views.place, name="place"),
    path("meetings/one/<slug:public_id>/cancel/", views.cancel, name="cancel"),
    path("meetings/one/<slug:public_id>/move/", views.move, name="move"),
    path("meetings/one/<slug:public_id>/put-back/", views.put_back, name="put_back"),
    path("meetings/one/<slug:public_id>/cannot/", views.cannot, name="cannot"),
    path("meetings/one/<slug:public_id>/can/", views.can_after_all, name="can"),
]
