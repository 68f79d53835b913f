from django.urls import path

from companionway.home import views

urlpatterns = [
    path("", views.front, name="home"),
    path("about/", views.about, name="about"),
    path("privacy/", views.privacy, name="privacy"),
    path("accessibility/", views.accessibility, name="accessibility"),
    path("health", views.health, name="health"),
]
