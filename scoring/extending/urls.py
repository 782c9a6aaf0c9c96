"""Addresses of the unit's side; the committee's stand below the filing board of the year."""

from django.urls import path

from scoring.extending.views import unit

urlpatterns = [
    path("<int:pk>/extension/", unit.extension, name="extension"),
    path("extensions/<int:pk>/withdraw/", unit.extension_withdraw, name="extension_withdraw"),
]
