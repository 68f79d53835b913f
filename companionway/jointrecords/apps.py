from django.apps import AppConfig


class JointRecordsConfig(AppConfig):
    name = "companionway.jointrecords"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _

        from companionway.clubhouse import pages
        from companionway.foundation import parts
        from companionway.jointrecords import erasing, exporting, extracts, keeping  # noqa: F401
        from companionway.people import reading

        pages.register(pages.HousePage(_("My records"), "jointrecords:list", "edit", 30))
        extracts.register()
        reading.register_reason("written_together", _("You write it together"), told_before=True)
        reading.register_what("joint_record", _("A record that two of you write and sign"))
        parts.export_part("joint_records", exporting.part)
        parts.erasure_part("joint_records", erasing.part)
