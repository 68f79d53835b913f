from __future__ import annotations

from django.urls import URLPattern, path, re_path

from companionway.support import views

app_name = "support"
WALK = "with/<slug:public_id>/"
urlpatterns: list[URLPattern] = [
    path("with/", views.walks, name="list"),
    path(WALK, views.walk, name="walk"),
    path(WALK + "about-them/", views.about_them, name="about_them"),
    path(WALK + "first-meeting/", views.first_meeting, name="first_meeting"),
    path(WALK + "agreement/", views.agreement, name="agreement"),
    path(WALK + "agreement/write/", views.write_agreement, name="write_agreement"),
    path(WALK + "agreement/paper/", views.agreement_on_paper, name="agreement_on_paper"),
    path(WALK + "agreement/<int:number>/yes/", views.accept_agreement, name="accept_agreement"),
    path(WALK + "note/", views.note, name="note"),
    path(WALK + "note/<slug:note_id>/", views.note_page, name="note_page"),
    path(WALK + "how-it-goes/", views.how_it_goes, name="how_it_goes"),
    re_path(r"^with/(?P<public_id>[-\w]+)/ways/(?P<wish>change|stop)/$", views.ways_on, name="ways_on"),
    path(WALK + "pause/", views.pause, name="pause"),
    path(WALK + "resume/", views.resume, name="resume"),
    path(WALK + "ending/", views.ending, name="ending"),
    path(WALK + "ending/not-yet/", views.take_ending_back, name="take_ending_back"),
    path(WALK + "end/", views.end, name="end"),
    path(WALK + "someone-else/", views.someone_else, name="someone_else"),
    path(WALK + "letter/", views.letter, name="letter"),
    path(WALK + "again/", views.again, name="again"),
    path("together/", views.oversee, name="oversee"),
    path("together/<slug:public_id>/ages/", views.ages, name="ages"),
    path("together/<slug:public_id>/note/", views.look_at_note, name="look_at_note"),
]
