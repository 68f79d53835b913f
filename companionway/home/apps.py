from django.apps import AppConfig


class HomeConfig(AppConfig):
    name = "companionway.home"

    def ready(self) -> None:
        from companionway.home import menu

        menu.register()
