from django.urls import path

from companionway.ui import views

app_name = "ui"
urlpatterns = [
    path("look/", views.look, name="look"),
    path("leave/", views.leave, name="leave"),
    path("more/", views.more, name="more"),
    path("gallery/", views.gallery, name="gallery"),
    path("manifest.webmanifest", views.manifest, name="manifest"),
    path("sw.js", views.service_worker, name="service_worker"),
    path("offline/", views.offline, name="offline"),
]
