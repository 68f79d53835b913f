from django.urls import path

from companionway.reading import views

app_name = "reading"
urlpatterns = [
    path("pages/", views.queue, name="queue"),
    path("pages/of-ours/<slug:public_id>/", views.ours, name="ours"),
    path("pages/of-ours/<slug:public_id>/ask/", views.ask, name="ask"),
    path("pages/<slug:public_id>/yes/", views.yes, name="yes"),
    path("pages/<slug:public_id>/keep/", views.keep, name="keep"),
    path("pages/<slug:public_id>/", views.read, name="read"),
    path("pages/<slug:public_id>/open/", views.open_page, name="open"),
]
