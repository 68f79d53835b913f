from django.apps import AppConfig


class SafetyConfig(AppConfig):
    name = "companionway.safety"

    def ready(self) -> None:
        from companionway.foundation import parts
        from companionway.safety import erasing, exporting, menu, reactions, tasks  # noqa: F401

        parts.export_part("safety", exporting.part)
        parts.erasure_part("safety", erasing.part)
        menu.register()
