"""The pages of those who are on call and of those who keep the rota."""

from __future__ import annotations

from django.urls import path

from companionway.oncall import views

app_name = "oncall"
urlpatterns = [
    path("on-call/", views.rota, name="rota"),
    path("on-call/take/", views.take, name="take"),
    path("on-call/turns/<str:public_id>/", views.turn, name="turn"),
    path("on-call/turns/<str:public_id>/cannot/", views.cannot, name="cannot"),
    path("on-call/offers/<str:public_id>/answer/", views.answer, name="answer"),
    path("on-call/offers/<str:public_id>/withdraw/", views.withdraw, name="withdraw"),
    path("on-call/every-week/", views.every_week, name="every_week"),
    path("on-call/every-week/<str:public_id>/remove/", views.remove_slot, name="remove_slot"),
    path("on-call/stop/", views.stop, name="stop"),
    path("on-call/phones/", views.phones, name="phones"),
    path("on-call/phones/<str:public_id>/", views.phone, name="phone"),
    path("on-call/phones/<str:public_id>/remove/", views.remove_phone, name="remove_phone"),
]
