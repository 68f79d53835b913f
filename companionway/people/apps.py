from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "companionway.people"

    def ready(self) -> None:
        from companionway.foundation import parts
        from companionway.people import exporting, keeping, menu, noticing, queries, tasks  # noqa: F401
        from companionway.ui import context

        parts.export_part("people", exporting.people_part)
        context.set_service_name_provider(queries.service_name)
        menu.bring()
