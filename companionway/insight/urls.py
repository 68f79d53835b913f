from django.urls import path

from companionway.insight import views

app_name = "insight"
urlpatterns = [
    path("figures/fairness/", views.fairness, name="fairness"),
    path("figures/hazards/", views.hazards, name="hazards"),
]
