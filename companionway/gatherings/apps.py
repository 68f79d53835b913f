from django.apps import AppConfig


class GatheringsConfig(AppConfig):
    name = "companionway.gatherings"

    def ready(self) -> None:
        from companionway.foundation import parts
        from companionway.gatherings import beside, erasing, exporting, extracts, keeping, tasks  # noqa: F401

        beside.register()
        extracts.register()
        parts.export_part("gatherings", exporting.part)
        parts.erasure_part("gatherings", erasing.part)
