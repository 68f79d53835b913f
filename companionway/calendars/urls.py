"""The addresses of this room."""

from __future__ import annotations

from django.urls import path

from companionway.calendars import views

app_name = "calendars"
urlpatterns = [
    path("calendars/", views.mine, name="mine"),
    path("calendars/<slug:public_id>/take-back/", views.take_back, name="take_back"),
    path("calendars/room/", views.room, name="room"),
    path("calendars/bring/", views.bring, name="bring"),
    path("calendars/invitation/<slug:public_id>.ics", views.invitation, name="invitation"),
    path("calendars/open/all.ics", views.public, name="public"),
    path("calendars/open/programme/<slug:public_id>.ics", views.of_programme, name="programme"),
    path("calendars/open/<slug:public_id>.ics", views.series, name="series"),
    path("calendars/private/<slug:token>.ics", views.private, name="private"),
    path("meetings.json", views.meeting_guide, name="meeting_guide"),
]
