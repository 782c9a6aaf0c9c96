"""The ground the desks stand on: no word of the field is known here."""

from django.apps import AppConfig
from django.core.checks import register
from django.db.models.signals import post_migrate, pre_migrate


class CoreConfig(AppConfig):
    name = "core"

    def ready(self):
        from core import protections  # noqa: PLC0415 - models must be loaded before their triggers are described
        from core.audit.protection import PROTECTIONS  # noqa: PLC0415 - as above

        protections.register(*PROTECTIONS)
        pre_migrate.connect(protections.lift_before_migrate, dispatch_uid="core.protections")
        post_migrate.connect(protections.install_after_migrate, dispatch_uid="core.protections")
        register(protections.check_installed, "database")
