"""The addresses of this room. No name of a person stands in one."""

from __future__ import annotations

from django.urls import path

from companionway.jointrecords import views

app_name = "jointrecords"
urlpatterns = [
    path("house/records/<slug:public_id>/", views.record, name="record"),
    path("house/records/<slug:public_id>/yes/", views.yes, name="yes"),
    path("house/records/<slug:public_id>/open/", views.open_record, name="open"),
    path("house/records/<slug:public_id>/sign/", views.sign, name="sign"),
    path("house/records/<slug:public_id>/aside/", views.set_aside, name="set_aside"),
    path("house/<slug:public_id>/records/", views.records, name="list"),
]
