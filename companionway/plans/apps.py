from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PlansConfig(AppConfig):
    name = "companionway.plans"

    def ready(self) -> None:
        from companionway.foundation import parts
        from companionway.people import reading
        from companionway.plans import erasing, exporting, keeping, reactions  # noqa: F401

        parts.export_part("plans", exporting.part)
        parts.erasure_part("plans", erasing.part)
        reading.register_reason("plan_shared", _("You share it with them"))
        reading.register_reason("plan_override", _("They were on call, and there may have been danger"))
        reading.register_what("plan_section", _("A part of your plan"))
        reading.register_what("plan_override", _("Your plan, without a share"))
