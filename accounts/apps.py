"""Who: people, units, groups, roles with dates, sign-in."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "accounts"
