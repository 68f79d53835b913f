"""Addresses that say nothing of what is there."""

from __future__ import annotations

from django.urls import path

from companionway.sponsors import views

app_name = "sponsors"
_group = "groups/<str:public_id>/beginning/"
urlpatterns = [
    path("beginning/", views.mine, name="mine"),
    path("beginning/<str:public_id>/go-on/", views.go_on, name="go_on"),
    path("beginning/asked/<str:public_id>/answer/", views.answer, name="answer"),
    path("beginning/asked/<str:public_id>/read/", views.read_answer, name="read_answer"),
    path("beginning/offers/<str:public_id>/ask/", views.ask, name="ask"),
    path(_group, views.page, name="page"),
    path(_group + "offer/", views.offer, name="offer"),
    path(_group + "withdraw/", views.withdraw, name="withdraw"),
]
