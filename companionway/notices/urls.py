from __future__ import annotations

from django.urls import path

from companionway.notices import views

app_name = "notices"
urlpatterns = [
    path("new/", views.notices, name="list"),
    path("me/notices/", views.choices, name="choices"),
    path("me/notices/email/", views.email, name="email"),
    path("me/notices/stop/<str:channel>/", views.stop_channel, name="stop_channel"),
    path("me/notices/pause/", views.pause, name="pause"),
    path("me/notices/device/", views.add_device, name="add_device"),
    path("me/notices/device/<str:public_id>/remove/", views.remove_device, name="remove_device"),
    path("stop/<str:token>/", views.stop, name="stop"),
]
