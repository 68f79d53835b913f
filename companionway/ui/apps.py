from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "companionway.ui"
    label = "ui"
