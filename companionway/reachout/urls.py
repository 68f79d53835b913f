"""The addresses of this room. No name of a person stands in one."""

from __future__ import annotations

from django.urls import path

from companionway.reachout import views

app_name = "reachout"
urlpatterns = [
    path("house/missed/<slug:public_id>/take/", views.take, name="take"),
    path("house/missed/<slug:public_id>/answer/", views.answer, name="answer"),
    path("house/<slug:public_id>/missed/", views.mine, name="mine"),
    path("house/<slug:public_id>/missed/stop/", views.stop, name="stop"),
    path("house/<slug:public_id>/missed/sign/", views.give_sign, name="sign"),
]
