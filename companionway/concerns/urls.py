"""Addresses say nothing of whom or what."""

from __future__ import annotations

from django.urls import path

from companionway.concerns import views

app_name = "concerns"
urlpatterns = [
    path("duty/", views.desk, name="desk"),
    path("duty/drill/", views.drill, name="drill"),
    path("duty/times/", views.times, name="times"),
    path("duty/pace/", views.pace, name="pace"),
    path("tell/", views.raise_it, name="raise"),
    path("told/", views.mine, name="mine"),
    path("told/<str:public_id>/", views.concern, name="concern"),
    path("told/<str:public_id>/add/", views.add_words, name="add_words"),
    path("told/<str:public_id>/have/", views.acknowledge, name="acknowledge"),
    path("told/<str:public_id>/hand-over/", views.hand_over, name="hand_over"),
    path("told/<str:public_id>/stand-down/", views.stand_down, name="stand_down"),
    path("told/<str:public_id>/decide/", views.decide, name="decide"),
    path("told/<str:public_id>/close/", views.close, name="close"),
    path("afterwards/<str:public_id>/", views.task, name="task"),
    path("afterwards/<str:public_id>/answer/", views.answer, name="answer"),
]
