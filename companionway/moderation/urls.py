from django.urls import path

from companionway.moderation import views

app_name = "moderation"
_DECISION = "fairness/decisions/<slug:public_id>/"
_STATEMENT = "fairness/statements/<slug:public_id>/"
_SEAT = "fairness/panel/<slug:public_id>/"
_SAME = "fairness/names/<slug:public_id>/"
urlpatterns = [
    path("fairness/", views.home, name="home"),
    path("fairness/decide/<slug:public_id>/", views.decide, name="decide"),
    path("fairness/decide/noticed/<slug:public_id>/", views.decide_noticed, name="decide_noticed"),
    path(_DECISION, views.decision, name="decision"),
    path(_DECISION + "agree/", views.agree, name="agree"),
    path(_DECISION + "hand-back/", views.hand_back, name="hand_back"),
    path(_STATEMENT, views.statement, name="statement"),
    path(_STATEMENT + "appeal/", views.appeal, name="appeal"),
    path("fairness/panel/", views.panel_yes, name="panel_yes"),
    path(_SEAT, views.seat, name="seat"),
    path(_SEAT + "leave/", views.leave_seat, name="leave_seat"),
    path("fairness/log/", views.log, name="log"),
    path("fairness/log/file/", views.log_file, name="log_file"),
    path("fairness/again/", views.again, name="again"),
    path("fairness/names/", views.names, name="names"),
    path(_SAME + "confirm/", views.confirm_same, name="confirm_same"),
    path(_SAME + "end/", views.end_same, name="end_same"),
    path("fairness/end/<slug:public_id>/", views.end_and_block, name="end_and_block"),
]
