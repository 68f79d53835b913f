"""Addresses that say nothing of what is there."""

from __future__ import annotations

from django.urls import path

from companionway.steps import views

app_name = "steps"
urlpatterns = [
    path("me/steps/", views.ladder, name="ladder"),
    path("me/steps/add/", views.add, name="add"),
    path("me/steps/examples/", views.pick, name="pick"),
    path("me/steps/paper/", views.paper, name="paper"),
    path("me/steps/device/", views.device, name="device"),
    path("me/steps/clear/", views.clear, name="clear"),
    path("me/steps/before/<str:public_id>/", views.before_going, name="before_going"),
    path("me/steps/one/<str:key>/", views.step, name="step"),
    path("me/steps/one/<str:key>/change/", views.change, name="change"),
    path("me/steps/one/<str:key>/move/", views.move, name="move"),
    path("me/steps/one/<str:key>/remove/", views.remove, name="remove"),
    path("me/steps/one/<str:key>/smaller/", views.smaller, name="smaller"),
    path("me/steps/one/<str:key>/ask/", views.ask, name="ask"),
    path("me/steps/one/<str:key>/try/", views.write_try, name="try"),
    path("me/steps/one/<str:key>/try/<str:entry>/", views.write_try, name="change_try"),
    path("me/steps/one/<str:key>/try/<str:entry>/remove/", views.remove_try, name="remove_try"),
    path("me/outside/", views.outside, name="outside"),
    path("me/outside/add/", views.contact, name="add_contact"),
    path("me/outside/one/<str:entry>/", views.contact, name="contact"),
    path("me/outside/one/<str:entry>/remove/", views.remove_contact, name="remove_contact"),
    path("alongside/", views.alongside, name="alongside"),
    path("alongside/<str:public_id>/", views.company, name="company"),
    path("alongside/<str:public_id>/answer/", views.answer, name="answer"),
    path("alongside/<str:public_id>/other-time/", views.other_time, name="other_time"),
    path("alongside/<str:public_id>/stop/", views.stop, name="stop"),
]
