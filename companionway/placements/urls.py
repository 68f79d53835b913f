"""The addresses of this room. No name of a place or a person stands in one."""

from __future__ import annotations

from django.urls import path

from companionway.placements import views

app_name = "placements"
urlpatterns = [
    path("house/places/<slug:public_id>/", views.place, name="place"),
    path("house/places/<slug:public_id>/interest/", views.interest, name="interest"),
    path("house/places/<slug:public_id>/choose/", views.choose, name="choose"),
    path("house/places/<slug:public_id>/own/", views.own_job, name="own_job"),
    path("house/places/<slug:public_id>/begin/", views.begin_work, name="begin_work"),
    path("house/places/<slug:public_id>/end/", views.end_work, name="end_work"),
    path("house/places/<slug:public_id>/cover/", views.offer_cover, name="offer_cover"),
    path("house/places/<slug:public_id>/close/", views.close_place, name="close_place"),
    path("house/work-days/<slug:public_id>/cannot/", views.cannot_come, name="cannot_come"),
    path("house/work-days/<slug:public_id>/cover/", views.cover_day, name="cover_day"),
    path("house/<slug:public_id>/jobs/", views.places, name="list"),
    path("house/<slug:public_id>/jobs/new/", views.new_place, name="new_place"),
]
