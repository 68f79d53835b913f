from django.apps import AppConfig


class ClubhouseConfig(AppConfig):
    name = "companionway.clubhouse"
