from django.apps import AppConfig


class CalendarsConfig(AppConfig):
    name = "companionway.calendars"

    def ready(self) -> None:
        from companionway.calendars import erasing, exporting, keeping  # noqa: F401
        from companionway.foundation import parts

        parts.export_part("calendar_addresses", exporting.part)
        parts.erasure_part("calendar_addresses", erasing.part)
