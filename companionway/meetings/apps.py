from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    name = "companionway.meetings"

    def ready(self) -> None:
        from companionway.meetings import keeping  # noqa: F401
