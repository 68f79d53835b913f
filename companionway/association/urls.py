"""The addresses of this room."""

from __future__ import annotations

from django.urls import path

from companionway.association import views

app_name = "association"
_group = "groups/<str:public_id>/association/"
_minutes = "minutes/<str:public_id>/"
urlpatterns = [
    path(_group, views.home, name="home"),
    path(_group + "register/", views.register, name="register"),
    path(_group + "minutes/begin/", views.begin, name="begin"),
    path(_minutes, views.minutes, name="minutes"),
    path(_minutes + "write/", views.write, name="write"),
    path(_minutes + "signers/", views.signers, name="signers"),
    path(_minutes + "sign/", views.sign, name="sign"),
    path(_minutes + "take-back/", views.take_back, name="take_back"),
    path(_minutes + "set-aside/", views.set_aside, name="set_aside"),
    path(_minutes + "correct/", views.correct, name="correct"),
    path(_minutes + "paper/", views.paper, name="paper"),
    path(_minutes + "file/", views.as_file, name="file"),
    path(_minutes + "version/<int:number>/", views.earlier, name="earlier"),
]
