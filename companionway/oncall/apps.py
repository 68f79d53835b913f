from django.apps import AppConfig


class OncallConfig(AppConfig):
    name = "companionway.oncall"

    def ready(self) -> None:
        from companionway.foundation import parts
        from companionway.oncall import erasing, exporting, keeping, menu, reactions, tasks  # noqa: F401

        parts.export_part("oncall", exporting.part)
        parts.erasure_part("oncall", erasing.part)
        menu.register()
