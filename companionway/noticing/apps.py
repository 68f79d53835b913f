from django.apps import AppConfig


class NoticingConfig(AppConfig):
    name = "companionway.noticing"

    def ready(self) -> None:
        from companionway.concerns import desk
        from companionway.foundation import parts
        from companionway.noticing import erasing, exporting, keeping, menu, panel, reactions, tasks  # noqa: F401

        parts.export_part("noticing", exporting.part)
        parts.erasure_part("noticing", erasing.part)
        menu.register()
        desk.register(panel.PANEL)
