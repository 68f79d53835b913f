from django.apps import AppConfig


class InsightConfig(AppConfig):
    name = "companionway.insight"

    def ready(self) -> None:
        from django.http import HttpRequest
        from django.utils.translation import gettext_lazy as _

        from companionway.ui import menu

        def is_for(request: HttpRequest) -> bool:
            return request.user.is_authenticated and request.user.holds("insight.fairness")

        menu.register(menu.MenuItem("figures", _("Figures"), "insight:fairness", "list", 80, is_for))
