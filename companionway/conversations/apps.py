from django.apps import AppConfig


class ConversationsConfig(AppConfig):
    name = "companionway.conversations"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _

        from companionway.conversations import erasing, exporting, extracts, keeping, menu, reactions, talks  # noqa: F401
        from companionway.foundation import parts
        from companionway.people import reading

        parts.export_part("conversations", exporting.part)
        parts.erasure_part("conversations", erasing.part)
        extracts.register()
        menu.register()
        talks.register()
        reading.register_reason("looked_inside", _("The reason they gave stands in the conversation itself"))
