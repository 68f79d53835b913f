from django.apps import AppConfig


class SupervisionConfig(AppConfig):
    name = "companionway.supervision"

    def ready(self) -> None:
        from companionway.foundation import parts
        from companionway.plans import circle
        from companionway.plans.kinds import SUPERVISORS
        from companionway.practice import capacity
        from companionway.supervision import (  # noqa: F401
            erasing,
            exporting,
            keeping,
            menu,
            queries,
            reactions,
            tasks,
        )

        menu.register()
        circle.register(SUPERVISORS, readers_of=queries.supervisors_of, owners_of=queries.supervised_by)
        capacity.register_carried(queries.carried_by)
        capacity.register_weight(queries.weight_of)
        parts.export_part("supervision", exporting.part)
        parts.erasure_part("supervision", erasing.part)
