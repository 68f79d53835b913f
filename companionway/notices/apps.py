from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "companionway.notices"

    def ready(self) -> None:
        from companionway.foundation import parts
        from companionway.notices import erasing, exporting, keeping, menu, reactions, tasks  # noqa: F401

        parts.export_part("notices", exporting.part)
        parts.erasure_part("notices", erasing.part)
        menu.register()
