from django.urls import path

from companionway.practice import views

app_name = "practice"
_HERE = "supporting/<slug:public_id>/"
urlpatterns = [
    path("supporting/", views.mine, name="mine"),
    path("supporting/covers/", views.covers, name="covers"),
    path("supporting/covers/<slug:public_id>/answer/", views.answer_cover, name="answer_cover"),
    path("supporting/covers/<slug:public_id>/end/", views.end_cover, name="end_cover"),
    path("supporting/begin/<slug:public_id>/", views.begin, name="begin"),
    path(_HERE + "limits/", views.limits, name="limits"),
    path(_HERE + "hours/", views.hours, name="hours"),
    path(_HERE + "offer/", views.offer, name="offer"),
    path(_HERE + "about/", views.about, name="about"),
    path(_HERE + "not-well/", views.away, name="away"),
    path(_HERE + "not-well/now/", views.not_well, name="not_well"),
    path(_HERE + "well-again/", views.well_again, name="well_again"),
    path(_HERE + "cover/", views.cover, name="cover"),
]
