from django.apps import AppConfig


class SupportConfig(AppConfig):
    name = "companionway.support"

    def ready(self) -> None:
        from companionway.foundation import parts
        from companionway.practice import capacity
        from companionway.support import erasing, exporting, keeping, menu, queries, reactions, tasks  # noqa: F401

        menu.register()
        capacity.register_load(queries.load_of)
        parts.export_part("together", exporting.part)
        parts.erasure_part("together", erasing.part)
