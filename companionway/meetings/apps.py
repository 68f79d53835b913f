from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    name = "companionway.meetings"

    def ready(self) -> None:
        from companionway.foundation import parts
        from companionway.meetings import erasing, exporting, keeping, menu, tasks  # noqa: F401

        menu.register()
        parts.export_part("meetings", exporting.part)
        parts.erasure_part("meetings", erasing.part)
