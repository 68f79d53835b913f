from django.apps import AppConfig


class PlacementsConfig(AppConfig):
    name = "companionway.placements"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _

        from companionway.clubhouse import pages, upstairs
        from companionway.foundation import parts
        from companionway.placements import erasing, exporting, keeping, reactions, tasks  # noqa: F401

        pages.register(pages.HousePage(_("Work"), "placements:list", "leaf", 50))
        upstairs.register("placements", upstairs.Room(lets_go=reactions.lets_go))
        parts.export_part("placements", exporting.part)
        parts.erasure_part("placements", erasing.part)
