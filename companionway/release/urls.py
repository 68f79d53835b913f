from django.urls import path

from companionway.release import views

app_name = "release"
_REPLY = "mentoring/replies/<slug:public_id>/"
_MINE = "mentoring/mine/<slug:public_id>/"
_TRAINEE = "mentoring/learning/<slug:public_id>/"
urlpatterns = [
    path("mentoring/", views.queue, name="queue"),
    path(_REPLY, views.reply, name="reply"),
    path(_REPLY + "open/", views.open_reply, name="open"),
    path(_REPLY + "release/", views.release, name="release"),
    path(_REPLY + "send-back/", views.send_back, name="send_back"),
    path(_MINE, views.mine, name="mine"),
    path(_MINE + "withdraw/", views.withdraw, name="withdraw"),
    path(_MINE + "anew/", views.anew, name="anew"),
    path(_MINE + "put-aside/", views.put_aside, name="put_aside"),
    path("mentoring/how/<slug:public_id>/", views.how, name="how"),
    path("mentoring/beside/", views.threads, name="threads"),
    path("mentoring/beside/<slug:public_id>/", views.thread, name="thread"),
    path("mentoring/spaces/", views.spaces, name="spaces"),
    path("mentoring/spaces/<slug:public_id>/", views.hold, name="hold"),
    path("mentoring/conversations/<slug:public_id>/", views.hold_one, name="hold_one"),
    path("mentoring/learning/", views.learning, name="learning"),
    path(_TRAINEE, views.trainee, name="trainee"),
    path(_TRAINEE + "sign/", views.sign, name="sign"),
    path(_TRAINEE + "step-back/", views.step_back, name="step_back"),
    path(_TRAINEE + "end/", views.end, name="end"),
]
