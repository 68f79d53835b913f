"""The frame's own addresses and nobody else's: ui must work without knowing anybody."""

from django.urls import include, path

urlpatterns = [path("", include("companionway.ui.urls")), path("i18n/", include("django.conf.urls.i18n"))]

handler400 = "companionway.ui.views.bad_request"
handler403 = "companionway.ui.views.forbidden"
handler404 = "companionway.ui.views.not_found"
handler500 = "companionway.ui.views.server_error"
