from django.apps import AppConfig


class GatheringsConfig(AppConfig):
    name = "companionway.gatherings"

    def ready(self) -> None:
        from companionway.foundation import parts
        from companionway.gatherings import (  # noqa: F401
            beside,
            erasing,
            exporting,
            extracts,
            hearing,
            keeping,
            reactions,
            tasks,
        )

        beside.register()
        extracts.register()
        hearing.register()
        parts.export_part("gatherings", exporting.part)
        parts.erasure_part("gatherings", erasing.part)
