from django.apps import AppConfig


class StepsConfig(AppConfig):
    name = "companionway.steps"

    def ready(self) -> None:
        from companionway.foundation import parts
        from companionway.steps import erasing, exporting, extracts, keeping, reactions  # noqa: F401

        extracts.register()
        parts.export_part("steps", exporting.part)
        parts.erasure_part("steps", erasing.part)
