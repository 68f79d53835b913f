"""Addresses that say nothing of what they are for: somebody may look over a shoulder, or into a history."""

from __future__ import annotations

from django.urls import path

from companionway.safeguarding import views

app_name = "safeguarding"
urlpatterns = [
    path("write-down/", views.tell, name="tell"),
    path("written-down/", views.mine, name="mine"),
    path("written-down/<str:public_id>/", views.told, name="told"),
    path("kept/", views.records, name="records"),
    path("kept/duties/", views.duties, name="duties"),
    path("kept/duties/check/", views.check_duty, name="check_duty"),
    path("kept/duties/choose/", views.arrangements, name="arrangements"),
    path("kept/<str:public_id>/", views.record, name="record"),
    path("kept/<str:public_id>/open/", views.inside, name="inside"),
    path("kept/<str:public_id>/paper/<str:handed>/", views.paper, name="paper"),
    path("kept/<str:public_id>/<str:deed>/", views.work, name="work"),
]
