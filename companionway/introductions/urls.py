from django.urls import path

from companionway.introductions import views

app_name = "introductions"
_MINE = "find/<slug:public_id>/"
urlpatterns = [
    path("find/", views.start, name="start"),
    path("find/mine/", views.mine, name="mine"),
    path("find/ask/<slug:public_id>/", views.ask, name="ask"),
    path(_MINE, views.one_request, name="request"),
    path(_MINE + "questions/<int:step>/", views.question, name="question"),
    path(_MINE + "suggestions/", views.suggestions, name="suggestions"),
    path(_MINE + "browse/", views.browse, name="browse"),
    path(_MINE + "offers/", views.welcome_offers, name="welcome_offers"),
    path(_MINE + "change/", views.change_state, name="change_state"),
    path(_MINE + "ask/<slug:practice_id>/", views.ask_supporter, name="ask_supporter"),
    path("introductions/<slug:public_id>/", views.introduction, name="introduction"),
    path("introductions/<slug:public_id>/take-back/", views.take_back, name="take_back"),
    path("requests/", views.needs, name="needs"),
    path("requests/<slug:public_id>/", views.need, name="need"),
    path("desk/", views.desk, name="desk"),
    path("desk/values/", views.values, name="values"),
    path("desk/waiting/<slug:public_id>/", views.card, name="card"),
    path("desk/waiting/<slug:public_id>/level/", views.level, name="level"),
    path("desk/<slug:public_id>/", views.one_desk, name="desk_of"),
    path("desk/<slug:public_id>/proposal/", views.whole_list, name="whole_list"),
]
