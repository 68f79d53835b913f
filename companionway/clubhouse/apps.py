from django.apps import AppConfig


class ClubhouseConfig(AppConfig):
    name = "companionway.clubhouse"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _

        from companionway.clubhouse import (  # noqa: F401
            erasing,
            exporting,
            extracts,
            keeping,
            menu,
            reactions,
            tasks,
        )
        from companionway.foundation import parts
        from companionway.people import reading

        menu.register()
        extracts.register()
        reading.register_reason("written_together", _("You write it together"), told_before=True)
        reading.register_what("house_record", _("A record that two of you write and sign"))
        reading.register_what("reach", _("How you would like to be asked after"))
        parts.export_part("house", exporting.part)
        parts.erasure_part("house", erasing.part)
