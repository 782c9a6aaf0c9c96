"""The year's second half: nominate, vote, decide, certify."""

from django.apps import AppConfig


class NominationsConfig(AppConfig):
    name = "nominations"

    def ready(self):
        from core import protections  # noqa: PLC0415 - models must be loaded before their triggers are described
        from nominations.protections import PROTECTIONS  # noqa: PLC0415 - as above

        protections.register(*PROTECTIONS)
