from django.urls import path

from companionway.conversations import views

app_name = "conversations"
_here = "<str:public_id>/"
_message = _here + "<int:message_id>/"
urlpatterns = [
    path("", views.all_mine, name="list"),
    path("noticed/<str:noticed_id>/", views.noticed, name="noticed"),
    path("noticed/<str:noticed_id>/open/", views.open_noticed, name="open_noticed"),
    path(_here, views.talk, name="talk"),
    # The live door answers scripts at this address; a form without one arrives here.
    path("<str:public_id>/send", views.send, name="send"),
    path(_here + "draft/", views.draft, name="draft"),
    path(_here + "read/", views.read, name="read"),
    path(_here + "about/", views.about, name="about"),
    path(_here + "look-inside/", views.look_inside, name="look_inside"),
    path(_here + "card/<str:noticed_id>/", views.card, name="card"),
    path(_here + "inside/", views.inside, name="inside"),
    path(_message, views.message, name="message"),
    path(_message + "edit/", views.edit, name="edit"),
    path(_message + "undo/", views.undo, name="undo"),
    path(_message + "take-back/", views.take_back, name="take_back"),
    path(_message + "unread/", views.unread, name="unread"),
]
