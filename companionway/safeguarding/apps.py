from django.apps import AppConfig


class SafeguardingConfig(AppConfig):
    name = "companionway.safeguarding"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _

        from companionway.foundation import parts
        from companionway.people import reading
        from companionway.safeguarding import desk, erasing, exporting, keeping, menu  # noqa: F401

        menu.register()
        desk.register()
        parts.export_part("records_that_protect", exporting.part)
        parts.erasure_part("safeguarding", erasing.part)
        parts.stays_part("safeguarding", erasing.what_stays)
        reading.register_what("safeguarding", _("Something you told the team"))
        reading.register_reason("apart_answer", _("To answer what you told us"))
        reading.register_reason("apart_cover", _("The person who looks after it is away"))
        reading.register_reason("apart_review", _("To check that enough was done"))
