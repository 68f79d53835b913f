"""The addresses of this room. No name of a unit, a task or a person stands in one."""

from __future__ import annotations

from django.urls import path

from companionway.clubhouse import views

app_name = "clubhouse"
urlpatterns = [
    path("house/", views.houses, name="houses"),
    path("house/units/<slug:public_id>/", views.unit, name="unit"),
    path("house/units/<slug:public_id>/change/", views.change_unit, name="change_unit"),
    path("house/units/<slug:public_id>/close/", views.close_unit, name="close_unit"),
    path("house/units/<slug:public_id>/care/", views.care, name="care"),
    path("house/units/<slug:public_id>/mine/", views.mine, name="mine"),
    path("house/units/<slug:public_id>/add/", views.add_task, name="add_task"),
    path("house/units/<slug:public_id>/again/", views.add_recurring, name="add_recurring"),
    path("house/again/<slug:public_id>/stop/", views.stop_recurring, name="stop_recurring"),
    path("house/tasks/<slug:public_id>/<slug:deed>/", views.task, name="task"),
    path("house/meetings/<slug:public_id>/", views.meeting, name="meeting"),
    path("house/meetings/<slug:public_id>/open/", views.open_meeting, name="open_meeting"),
    path("house/meetings/<slug:public_id>/close/", views.close_meeting, name="close_meeting"),
    path("house/meetings/<slug:public_id>/item/", views.add_item, name="add_item"),
    path("house/meetings/<slug:public_id>/decide/", views.decide, name="decide"),
    path("house/meetings/<slug:public_id>/act/", views.act, name="act"),
    path("house/meetings/<slug:public_id>/minutes/", views.minutes, name="minutes"),
    path("house/meetings/<slug:public_id>/agree/", views.agree, name="agree"),
    path("house/items/<slug:public_id>/take-back/", views.take_item_back, name="take_item_back"),
    path("house/actions/<slug:public_id>/<slug:deed>/", views.action, name="action"),
    path("house/<slug:public_id>/", views.today, name="today"),
    path("house/<slug:public_id>/paper/", views.paper, name="paper"),
    path("house/<slug:public_id>/hours/", views.hours, name="hours"),
    path("house/<slug:public_id>/days/", views.days, name="days"),
    path("house/<slug:public_id>/here/", views.here, name="here"),
    path("house/<slug:public_id>/back/", views.back, name="back"),
    path("house/<slug:public_id>/units/new/", views.new_unit, name="new_unit"),
    path("house/<slug:public_id>/meetings/", views.meetings, name="meetings"),
]
