"""The addresses of this room. A meeting is named by its public id; nothing else of it stands in an address."""

from __future__ import annotations

from django.urls import path

from companionway.gatherings import views

app_name = "gatherings"
AT = "gatherings/<slug:public_id>/"
urlpatterns = [
    path(AT, views.door, name="door"),
    path(f"{AT}room/", views.room, name="room"),
    path(f"{AT}now/", views.now, name="now"),
    path(f"{AT}share/", views.share, name="share"),
    path(f"{AT}pass/", views.pass_turn, name="pass"),
    path(f"{AT}speak/", views.speak_up, name="speak_up"),
    path(f"{AT}answer/", views.answer, name="answer"),
    path(f"{AT}leave/", views.leave, name="leave"),
    path(f"{AT}with/<slug:share_id>/", views.be_with, name="be_with"),
    path(f"{AT}back/<slug:share_id>/", views.take_back, name="take_back"),
    path(f"{AT}flag/<slug:share_id>/", views.flag, name="flag"),
    path(f"{AT}outside/", views.outside, name="outside"),
    path(f"{AT}outside/<slug:outside_id>/", views.brought, name="brought"),
    path(f"{AT}slip/", views.slip, name="slip"),
    path(f"{AT}hold/", views.hold, name="hold"),
    path(f"{AT}hold/now/", views.hold_now, name="hold_now"),
    path(f"{AT}open/", views.open_meeting, name="open"),
    path(f"{AT}next/", views.next_part, name="next_part"),
    path(f"{AT}turn/", views.next_turn, name="next_turn"),
    path(f"{AT}pause/", views.pause, name="pause"),
    path(f"{AT}go-on/", views.go_on, name="go_on"),
    path(f"{AT}close/", views.close, name="close"),
    path(f"{AT}ask/<slug:seat_id>/", views.ask, name="ask"),
    path(f"{AT}mute/<slug:seat_id>/", views.mute, name="mute"),
    path(f"{AT}unmute/<slug:seat_id>/", views.unmute, name="unmute"),
    path(f"{AT}let-in/<slug:share_id>/", views.let_in, name="let_in"),
    path(f"{AT}after/", views.after, name="after"),
    path(f"{AT}hand-over/", views.hand_over, name="hand_over"),
    path(f"{AT}count/", views.count, name="count"),
    path(f"{AT}counting/", views.counting, name="counting"),
    path(f"{AT}company/", views.company, name="company"),
    path(f"{AT}sheet/", views.sheet, name="sheet"),
    path(f"{AT}kiosk/", views.begin_kiosk, name="begin_kiosk"),
    path(f"{AT}here/<slug:code>/", views.here, name="here"),
    path(f"{AT}at-the-door/<slug:code>/", views.kiosk, name="kiosk"),
]
