from django.apps import AppConfig


class ClubhouseConfig(AppConfig):
    name = "companionway.clubhouse"

    def ready(self) -> None:
        from companionway.clubhouse import (  # noqa: F401
            erasing,
            exporting,
            extracts,
            keeping,
            menu,
            reactions,
            tasks,
        )
        from companionway.foundation import parts

        menu.register()
        extracts.register()
        parts.export_part("house", exporting.part)
        parts.erasure_part("house", erasing.part)
