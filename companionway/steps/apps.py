from django.apps import AppConfig


class StepsConfig(AppConfig):
    name = "companionway.steps"

    def ready(self) -> None:
        from companionway.foundation import parts
        from companionway.plans import beside
        from companionway.steps import erasing, exporting, extracts, keeping, on_device, reactions  # noqa: F401

        extracts.register()
        beside.register("steps", on_device.told)
        parts.export_part("steps", exporting.part)
        parts.erasure_part("steps", erasing.part)
