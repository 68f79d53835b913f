from django.apps import AppConfig


class AssociationConfig(AppConfig):
    name = "companionway.association"

    def ready(self) -> None:
        from companionway.association import beside, erasing, exporting, extracts, keeping  # noqa: F401
        from companionway.foundation import parts

        beside.register()
        extracts.register()
        parts.export_part("association", exporting.part)
        parts.erasure_part("association", erasing.part)
