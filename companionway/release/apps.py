from django.apps import AppConfig


class ReleaseConfig(AppConfig):
    name = "companionway.release"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _

        from companionway.conversations import gates
        from companionway.foundation import parts
        from companionway.people import reading
        from companionway.release import erasing, exporting, gate, keeping, menu, reactions, tasks  # noqa: F401

        parts.export_part("release", exporting.part)
        parts.erasure_part("release", erasing.part)
        gates.register(gate.GATE)
        menu.register()
        reading.register_reason(
            "mentor_reads",
            _("A mentor read a reply before it went, as your conversation says"),
            told_before=True,
        )
        reading.register_what("held_reply", _("A reply, and the six messages before it"))
