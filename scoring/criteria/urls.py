"""Addresses of this desk."""

from django.urls import path

from scoring.criteria import views

urlpatterns = [
    path("", views.criteria_sets, name="criteria_sets"),
    path("<str:code>/<int:year>/", views.criteria_set, name="criteria_set"),
    path("<str:code>/<int:year>/criteria-set.json", views.criteria_set_file, name="criteria_set_file"),
]
