"""Sentences of allauth that the pages here show: it has no Vietnamese, so the catalogue of the project carries them."""

from django.utils.translation import gettext_noop

SENTENCES = (
    gettext_noop("Password (again)"),
    gettext_noop("Please type your current password."),
    gettext_noop("You must type the same password each time."),
    gettext_noop("Incorrect password."),
    gettext_noop("The username and/or password you specified are not correct."),
    gettext_noop("Too many failed login attempts. Try again later."),
)
