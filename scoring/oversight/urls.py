"""Addresses of the oversight, below the committee's desk."""

from django.urls import path

from scoring.oversight import views

urlpatterns = [
    path("<int:year>/ledger/", views.ledger, name="ledger"),
    path("<int:year>/ledger/file/", views.ledger_file, name="ledger_file"),
    path("units/<int:pk>/ledger/", views.unit_ledger, name="unit_ledger"),
]
