from django.apps import AppConfig


class ConversationsConfig(AppConfig):
    name = "companionway.conversations"

    def ready(self) -> None:
        from companionway.conversations import erasing, exporting, extracts, menu, reactions  # noqa: F401
        from companionway.foundation import parts

        parts.export_part("conversations", exporting.part)
        parts.erasure_part("conversations", erasing.part)
        extracts.register()
        menu.register()
