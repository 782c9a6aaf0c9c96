"""Addresses of this desk."""

from django.urls import path

from scoring.cycles.views import acts, years

urlpatterns = [
    path("", years.cycles, name="cycles"),
    path("new/", years.cycle_new, name="cycle_new"),
    path("sets/<int:pk>/publish/", acts.set_publish, name="set_publish"),
    path("sets/<int:pk>/next-year/", acts.set_clone, name="set_clone"),
    path("<int:year>/", years.cycle, name="cycle"),
    path("<int:year>/dates/", years.cycle_dates, name="cycle_dates"),
    path("<int:year>/sets/", years.cycle_sets, name="cycle_sets"),
    path("<int:year>/<slug:action>/", acts.cycle_step, name="cycle_step"),
]
