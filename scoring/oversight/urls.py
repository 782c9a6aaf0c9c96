"""Addresses of the oversight, below the committee's desk."""

from django.urls import path

from scoring.oversight import views

urlpatterns = [
    path("<int:year>/ledger/", views.ledger, name="ledger"),
    path("<int:year>/ledger/file/", views.ledger_file, name="ledger_file"),
    path("<int:year>/pace/", views.pace, name="pace"),
    path("<int:year>/pace/file/", views.pace_file, name="pace_file"),
    path("<int:year>/cuts/", views.cuts, name="cuts"),
    path("units/<int:pk>/ledger/", views.unit_ledger, name="unit_ledger"),
]
