from django.apps import AppConfig


class ModerationConfig(AppConfig):
    name = "companionway.moderation"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _

        from companionway.foundation import parts
        from companionway.moderation import erasing, exporting, keeping, reactions, tasks  # noqa: F401
        from companionway.people import reading

        parts.export_part("moderation", exporting.part)
        parts.erasure_part("moderation", erasing.part)
        reading.register_reason("appeal", _("To hear your appeal"), told_before=True)
        reading.register_what("decision", _("A decision about you"))
