"""Addresses of the minutes, below the committee's desk."""

from django.urls import path

from scoring.minutes import views

urlpatterns = [
    path("<int:year>/minutes/", views.minutes, name="minutes"),
    path("<int:year>/minutes/file/", views.minutes_file, name="minutes_file"),
    path("units/<int:pk>/minutes/", views.unit_minutes, name="unit_minutes"),
]
