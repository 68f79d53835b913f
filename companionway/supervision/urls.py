from django.urls import path

from companionway.supervision import views

app_name = "supervision"
_WITH = "supervision/with/<slug:public_id>/"
urlpatterns = [
    path("supervision/", views.mine, name="mine"),
    path("supervision/choose/<slug:public_id>/", views.choose, name="choose"),
    path("supervision/as/<slug:public_id>/", views.supervising, name="supervising"),
    path(_WITH, views.pair, name="pair"),
    path(_WITH + "agenda/", views.add_item, name="add_item"),
    path(_WITH + "write/", views.write, name="write"),
    path(_WITH + "someone-else/", views.someone_else, name="someone_else"),
    path(_WITH + "step-back/", views.step_back, name="step_back"),
    path(_WITH + "share-weeks/", views.share_weeks, name="share_weeks"),
    path(_WITH + "weeks/", views.their_weeks, name="their_weeks"),
    path("supervision/agenda/<slug:public_id>/share/", views.share_item, name="share_item"),
    path("supervision/agenda/<slug:public_id>/off/", views.take_off, name="take_off"),
    path("supervision/talk/<slug:public_id>/", views.talk, name="talk"),
    path("supervision/action/<slug:public_id>/", views.tick, name="tick"),
    path("supervision/weeks/", views.weeks, name="weeks"),
    path("supervision/weeks/for-me/", views.gains, name="gains"),
    path("supervision/weeks/signs/", views.signs, name="signs"),
    path("supervision/weeks/nobody-new/<slug:public_id>/", views.nobody_new, name="nobody_new"),
    path("supervision/hard/<slug:public_id>/", views.hard, name="hard"),
    path("supervision/after/<slug:public_id>/", views.debrief, name="debrief"),
    path("supervision/role/<slug:public_id>/", views.drift, name="drift"),
    path("supervision/dates/", views.dates, name="dates"),
    path("supervision/dates/<slug:public_id>/", views.dates_of, name="dates_of"),
    path("supervision/dates/<slug:public_id>/rhythm/", views.rhythm, name="rhythm"),
    path("supervision/dates/<slug:public_id>/<slug:person_id>/", views.arrange, name="arrange"),
    path("supervision/extra/<slug:public_id>/", views.extra_place, name="extra_place"),
    path("circles/", views.circles, name="circles"),
    path("circles/open/", views.open_circle, name="circle_open"),
    path("circles/come-in/", views.join_circle, name="circle_join"),
    path("circles/<slug:public_id>/", views.circle, name="circle"),
    path("circles/<slug:public_id>/leave/", views.leave_circle, name="circle_leave"),
    path("circles/<slug:public_id>/answer/<slug:words_id>/", views.answer_circle, name="circle_answer"),
    path("circles/words/<slug:public_id>/back/", views.take_back, name="circle_take_back"),
]
