from django.apps import AppConfig


class ConcernsConfig(AppConfig):
    name = "companionway.concerns"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _

        from companionway.concerns import erasing, exporting, keeping, menu, policy, reactions, tasks  # noqa: F401
        from companionway.foundation import parts
        from companionway.people import reading
        from companionway.plans import circle

        parts.export_part("concerns", exporting.part)
        parts.erasure_part("concerns", erasing.part)
        menu.register()
        circle.register_danger("concerns", policy.endangered_for)
        reading.register_reason("concern", _("To answer a concern, as somebody who was told of it"))
        reading.register_reason("concern_lead", _("To watch over how concerns are answered"))
        reading.register_what("concern", _("A concern"))
