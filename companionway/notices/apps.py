from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "companionway.notices"

    def ready(self) -> None:
        from companionway.foundation import parts
        from companionway.gatherings import who_hears
        from companionway.notices import erasing, exporting, keeping, menu, reactions, tasks  # noqa: F401
        from companionway.notices.reactions._meeting import who_hears_a_wish

        parts.export_part("notices", exporting.part)
        parts.erasure_part("notices", erasing.part)
        menu.register()
        who_hears.register(who_hears_a_wish)
