from django.apps import AppConfig


class CalendarsConfig(AppConfig):
    name = "companionway.calendars"

    def ready(self) -> None:
        from companionway.calendars import composing, erasing, exporting, keeping  # noqa: F401
        from companionway.foundation import parts
        from companionway.meetings import letters

        parts.export_part("calendar_addresses", exporting.part)
        letters.register(composing.entries, composing.taken_back)
        parts.erasure_part("calendar_addresses", erasing.part)
