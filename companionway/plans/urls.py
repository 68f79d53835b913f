"""Addresses that say nothing of what is there: a slug for the kind of plan, a number for the part."""

from __future__ import annotations

from django.urls import path, register_converter

from companionway.plans import views
from companionway.plans.kinds import BY_SLUG, Kind


class KindConverter:
    regex = "|".join(BY_SLUG)

    def to_python(self, value: str) -> Kind:
        return BY_SLUG[value]

    def to_url(self, value: Kind | str) -> str:
        return value.slug if isinstance(value, Kind) else value


register_converter(KindConverter, "plan")

app_name = "plans"
urlpatterns = [
    path("me/own/device/", views.device, name="device"),
    path("me/own/kept/", views.kept, name="kept"),
    path("me/shared/", views.shared_with_me, name="shared_with_me"),
    path("me/shared/<str:public_id>/", views.theirs, name="theirs"),
    path("me/shared/<str:public_id>/open/", views.in_danger, name="in_danger"),
    path("me/shares/<str:public_id>/stop/", views.stop, name="stop"),
    path("me/<plan:kind>/", views.plan, name="plan"),
    path("me/<plan:kind>/paper/", views.paper, name="paper"),
    path("me/<plan:kind>/stop/", views.stop_all, name="stop_all"),
    path("me/<plan:kind>/seen-by/<str:public_id>/", views.as_seen, name="as_seen"),
    path("me/<plan:kind>/<int:number>/", views.part, name="part"),
    path("me/<plan:kind>/<int:number>/share/", views.share, name="share"),
]
