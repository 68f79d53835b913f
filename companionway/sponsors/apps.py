from django.apps import AppConfig


class SponsorsConfig(AppConfig):
    name = "companionway.sponsors"

    def ready(self) -> None:
        from companionway.foundation import parts
        from companionway.sponsors import beside, erasing, exporting, keeping, reactions, tasks  # noqa: F401

        beside.register()
        parts.export_part("sponsors", exporting.part)
        parts.erasure_part("sponsors", erasing.part)
