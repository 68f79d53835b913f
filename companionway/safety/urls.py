"""Help now has no room in its name: every page of the house links to it."""

from __future__ import annotations

from django.urls import include, path

from companionway.safety import views

_room = [
    path("help-now/print/", views.help_now_print, name="help_now_print"),
    path("help-now/not-working/<str:public_id>/", views.not_working, name="not_working"),
    path("me/blocks/", views.blocks, name="blocks"),
    path("me/blocks/<str:public_id>/lift/", views.lift, name="lift"),
    path("block/<str:public_id>/", views.block, name="block"),
    path("me/apart/", views.my_apart, name="my_apart"),
    path("me/apart/<str:public_id>/end/", views.end_mine, name="end_mine"),
    path("apart-from/<str:public_id>/", views.apart_from, name="apart_from"),
    path("apart/", views.apart, name="apart"),
    path("apart/add/<str:public_id>/", views.add_pair, name="add_pair"),
    path("apart/wish/<str:public_id>/", views.wish, name="wish"),
    path("apart/pair/<str:public_id>/", views.pair, name="pair"),
    path("report/", views.report, name="report"),
    path("reports/", views.reports, name="reports"),
    path("reports/mine/", views.my_reports, name="my_reports"),
    path("reports/mine/<str:public_id>/", views.my_report, name="my_report"),
    path("reports/<str:public_id>/", views.answer, name="answer"),
    path("reports/<str:public_id>/take/", views.take, name="take"),
    path("numbers/", views.numbers, name="numbers"),
    path("numbers/add/", views.add_number, name="add_number"),
    path("numbers/<str:public_id>/", views.number, name="number"),
    path("numbers/<str:public_id>/check/", views.check_number, name="check_number"),
    path("numbers/<str:public_id>/retire/", views.retire_number, name="retire_number"),
]
urlpatterns = [
    path("help-now/", views.help_now, name="help_now"),
    path("", include((_room, "safety"))),
]
