from django.apps import AppConfig


class SafetyConfig(AppConfig):
    name = "companionway.safety"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _

        from companionway.foundation import parts
        from companionway.people import reading
        from companionway.safety import erasing, exporting, keeping, menu, reactions, tasks  # noqa: F401

        parts.export_part("safety", exporting.part)
        parts.erasure_part("safety", erasing.part)
        menu.register()
        reading.register_reason("keep_apart", _("To make sure that you are not introduced to somebody"))
        reading.register_what("keep_apart_wish", _("What you wrote about whom you must not meet"))
        reading.register_what("kept_apart", _("Whom you must not meet"))
