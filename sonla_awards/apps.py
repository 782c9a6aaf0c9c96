"""The project as an app: its commands and checks."""

from django.apps import AppConfig


class SonlaAwardsConfig(AppConfig):
    name = "sonla_awards"
