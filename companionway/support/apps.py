from django.apps import AppConfig


class SupportConfig(AppConfig):
    name = "companionway.support"

    def ready(self) -> None:
        from companionway.foundation import parts
        from companionway.plans import circle
        from companionway.plans.kinds import TOGETHER
        from companionway.practice import capacity
        from companionway.support import (  # noqa: F401
            erasing,
            exporting,
            extracts,
            keeping,
            menu,
            queries,
            reactions,
            tasks,
        )

        menu.register()
        extracts.register()
        capacity.register_load(queries.load_of)
        circle.register(TOGETHER, readers_of=queries.companions_of, owners_of=queries.companions_of)
        parts.export_part("together", exporting.part)
        parts.erasure_part("together", erasing.part)
