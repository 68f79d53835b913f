from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "companionway.people"
