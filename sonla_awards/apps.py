"""The project as an app: its commands and checks."""

from django.apps import AppConfig


class SonlaAwardsConfig(AppConfig):
    name = "sonla_awards"

    def ready(self):
        from sonla_awards import checks  # noqa: F401, PLC0415 - registers the checks
