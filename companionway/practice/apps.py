from django.apps import AppConfig


class PracticeConfig(AppConfig):
    name = "companionway.practice"

    def ready(self) -> None:
        from companionway.concerns import around
        from companionway.foundation import parts
        from companionway.practice import erasing, exporting, keeping, queries, tabs  # noqa: F401

        parts.export_part("practice", exporting.part)
        parts.erasure_part("practice", erasing.part)
        tabs.register()
        around.register("practice", queries.covers_named_by)
