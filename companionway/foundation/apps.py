from django.apps import AppConfig


class FoundationConfig(AppConfig):
    name = "companionway.foundation"

    def ready(self) -> None:
        from django.db.models.signals import post_migrate, pre_migrate

        from companionway.foundation import chain, constraints, keeping, key_copy, sweeping  # noqa: F401

        # A schema signal, not a model signal: tables rebuilt by a migration lose their triggers on SQLite.
        pre_migrate.connect(constraints.lift, dispatch_uid="foundation.constraints")
        post_migrate.connect(constraints.install, dispatch_uid="foundation.constraints")
