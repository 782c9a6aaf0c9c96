"""Addresses of this desk."""

from django.urls import path

from scoring.cycles import views

urlpatterns = [
    path("", views.cycles, name="cycles"),
    path("new/", views.cycle_new, name="cycle_new"),
    path("sets/<int:pk>/publish/", views.set_publish, name="set_publish"),
    path("sets/<int:pk>/next-year/", views.set_clone, name="set_clone"),
    path("<int:year>/", views.cycle, name="cycle"),
    path("<int:year>/dates/", views.cycle_dates, name="cycle_dates"),
    path("<int:year>/<slug:action>/", views.cycle_step, name="cycle_step"),
]
