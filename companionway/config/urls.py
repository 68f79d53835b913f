"""Every address of the service. Rooms bring their own; nothing is routed twice."""

from __future__ import annotations

from django.urls import include, path

urlpatterns = [
    path("", include("companionway.ui.urls")),
    path("", include("companionway.home.urls")),
    path("", include("companionway.people.urls")),
    path("", include("companionway.oncall.urls")),
    path("", include("companionway.safety.urls")),
    path("", include("companionway.concerns.urls")),
    path("", include("companionway.plans.urls")),
    path("", include("companionway.safeguarding.urls")),
    path("", include("companionway.noticing.urls")),
    path("messages/", include("companionway.conversations.urls")),
    path("", include("companionway.meetings.urls")),
    path("", include("companionway.gatherings.urls")),
    path("", include("companionway.release.urls")),
    path("", include("companionway.practice.urls")),
    path("", include("companionway.support.urls")),
    path("", include("companionway.groups.urls")),
    path("", include("companionway.clubhouse.urls")),
    path("", include("companionway.placements.urls")),
    path("", include("companionway.jointrecords.urls")),
    path("", include("companionway.reachout.urls")),
    path("", include("companionway.association.urls")),
    path("", include("companionway.sponsors.urls")),
    path("", include("companionway.steps.urls")),
    path("", include("companionway.supervision.urls")),
    path("", include("companionway.reading.urls")),
    path("", include("companionway.moderation.urls")),
    path("", include("companionway.introductions.urls")),
    path("", include("companionway.notices.urls")),
    path("", include("companionway.insight.urls")),
    path("", include("companionway.calendars.urls")),
    path("i18n/", include("django.conf.urls.i18n")),
]

handler400 = "companionway.ui.views.bad_request"
handler403 = "companionway.ui.views.forbidden"
handler404 = "companionway.ui.views.not_found"
handler500 = "companionway.ui.views.server_error"
