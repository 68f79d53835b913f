from django.apps import AppConfig


class GroupsConfig(AppConfig):
    name = "companionway.groups"

    def ready(self) -> None:
        from companionway.foundation import parts
        from companionway.groups import (  # noqa: F401
            beside,
            erasing,
            evening,
            exporting,
            extracts,
            heads,
            keeping,
            menu,
            queries,
            reactions,
            tasks,
        )
        from companionway.meetings import audience

        beside.register()
        evening.register()
        menu.register()
        extracts.register()
        heads.register()
        audience.register("groups", queries.let_in_by)
        audience.register_away("groups", queries.kept_out_of)
        parts.export_part("groups", exporting.part)
        parts.erasure_part("groups", erasing.part)
