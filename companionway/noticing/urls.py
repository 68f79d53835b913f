from django.urls import path

from companionway.noticing import views

app_name = "noticing"
urlpatterns = [
    path("what-is-read/", views.about, name="about"),
    path("what-is-read/choices/", views.switches, name="switches"),
    path("what-is-read/choices/<str:public_id>/", views.switch, name="switch"),
    path("noticed/", views.queue, name="queue"),
    path("noticed/waiting/", views.waiting, name="waiting"),
    path("noticed/<str:public_id>/answer/", views.answer, name="answer"),
]
