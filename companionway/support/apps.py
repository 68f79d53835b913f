from django.apps import AppConfig


class SupportConfig(AppConfig):
    name = "companionway.support"

    def ready(self) -> None:
        from django.http import HttpRequest
        from django.utils.translation import gettext_lazy as _

        from companionway.foundation import parts
        from companionway.practice import capacity
        from companionway.support import erasing, exporting, queries, reactions, tasks  # noqa: F401
        from companionway.ui import menu

        def is_for(request: HttpRequest) -> bool:
            person = request.user
            return person.is_authenticated and (
                person.holds("support.ask") or person.holds("support.accompany")
            )

        def oversees(request: HttpRequest) -> bool:
            return request.user.is_authenticated and request.user.holds("support.oversee")

        capacity.register_load(queries.load_of)
        parts.export_part("together", exporting.part)
        parts.erasure_part("together", erasing.part)
        menu.register(menu.MenuItem("together", _("Together"), "support:list", "heart", 30, is_for))
        menu.register(menu.MenuItem("oversee", _("Who is together"), "support:oversee", "eye", 70, oversees))
