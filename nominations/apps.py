"""The year's second half: nominate, vote, decide, certify."""

from django.apps import AppConfig


class NominationsConfig(AppConfig):
    name = "nominations"
