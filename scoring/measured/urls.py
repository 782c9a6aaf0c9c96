"""Addresses of measured figures."""

from django.urls import path

from scoring.measured import views

urlpatterns = [
    path("<int:year>/criteria/<int:pk>/", views.values_import, name="values_import"),
    path("<int:year>/criteria/<int:pk>/template/", views.values_template, name="values_template"),
    path("<int:year>/criteria/<int:pk>/confirm/", views.values_confirm, name="values_confirm"),
    path("lines/<int:pk>/contest/", views.values_contest, name="values_contest"),
]
