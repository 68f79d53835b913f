from django.apps import AppConfig


class UpkeepConfig(AppConfig):
    name = "companionway.upkeep"

    def ready(self) -> None:
        from companionway.upkeep import tasks  # noqa: F401
