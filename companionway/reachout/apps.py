from django.apps import AppConfig


class ReachOutConfig(AppConfig):
    name = "companionway.reachout"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _

        from companionway.clubhouse import pages, upstairs
        from companionway.foundation import parts
        from companionway.people import reading
        from companionway.reachout import erasing, exporting, keeping, reactions, tasks  # noqa: F401

        pages.register(pages.HousePage(_("Being missed"), "reachout:mine", "heart", 40))
        upstairs.register("reachout", upstairs.Room(reactions.hears, reactions.lets_go))
        reading.register_what("reach", _("How you would like to be asked after"))
        parts.export_part("reach_out", exporting.part)
        parts.erasure_part("reach_out", erasing.part)
