from django.apps import AppConfig


class ReadingConfig(AppConfig):
    name = "companionway.reading"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _

        from companionway.foundation import parts
        from companionway.people import reading
        from companionway.reading import erasing, exporting, extracts, keeping, menu, queries, reactions  # noqa: F401
        from companionway.support import pages

        menu.register()
        reading.register_reason("both_said_yes", _("You both said yes to it"), told_before=True)
        reading.register_what("reading", _("A page of your note, about practice"))
        extracts.register()
        pages.register(tell=queries.known_of, is_signed=queries.is_signed)
        parts.export_part("pages_read", exporting.part)
        parts.erasure_part("pages_read", erasing.part)
