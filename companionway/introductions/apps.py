from django.apps import AppConfig


class IntroductionsConfig(AppConfig):
    name = "companionway.introductions"

    def ready(self) -> None:
        from companionway.foundation import parts
        from companionway.introductions import erasing, exporting, extracts, keeping, reactions, tabs, tasks  # noqa: F401

        parts.export_part("introductions", exporting.part)
        parts.erasure_part("introductions", erasing.part)
        tabs.register()
        extracts.register()
