"""Addresses of this desk."""

from django.urls import path

from scoring.criteria import views
from scoring.criteria.comparing import views as comparing
from scoring.criteria.exchange import views as exchange
from scoring.criteria.mapping import views as mapping

urlpatterns = [
    path("", views.criteria_sets, name="criteria_sets"),
    path("import/", exchange.set_import, name="set_import"),
    path("import/confirm/", exchange.set_import_confirm, name="set_import_confirm"),
    path("import/<str:sha256>/faults.xlsx", exchange.set_import_faults, name="set_import_faults"),
    path("<str:code>/<int:year>/", views.criteria_set, name="criteria_set"),
    path("<str:code>/<int:year>/criteria-set.json", views.criteria_set_file, name="criteria_set_file"),
    path("<str:code>/<int:year>/criteria-set.xlsx", exchange.criteria_set_workbook, name="criteria_set_workbook"),
    path("<str:code>/<int:year>/codes/", mapping.set_codes, name="set_codes"),
    path("<str:code>/<int:year>/difference/", comparing.set_differences, name="set_differences"),
    path("<str:code>/<int:year>/difference/<int:earlier>/", comparing.set_difference, name="set_difference"),
    path(
        "<str:code>/<int:year>/difference/<int:earlier>/difference.xlsx",
        comparing.set_difference_file,
        name="set_difference_file",
    ),
]
