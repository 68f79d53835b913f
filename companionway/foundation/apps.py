from django.apps import AppConfig


class FoundationConfig(AppConfig):
    name = "companionway.foundation"

    def ready(self) -> None:
        from django.db.models.signals import post_migrate

        from companionway.foundation import constraints

        # A schema signal, not a model signal: tables rebuilt by a migration lose their triggers on SQLite.
        post_migrate.connect(constraints.install, dispatch_uid="foundation.constraints")
