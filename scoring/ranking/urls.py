"""Addresses of this desk, and of the public tables."""

from django.urls import path

from scoring.ranking.views import desk, files, public, sheets

urlpatterns = [
    path("runs/", desk.runs, name="runs"),
    path("runs/<int:year>/<slug:group>/start/", desk.start, name="start_run"),
    path("runs/<int:pk>/", desk.run, name="run"),
    path("runs/<int:pk>/progress/", desk.progress, name="run_progress"),
    path("runs/<int:pk>/publish/", desk.publish, name="publish_run"),
    path("runs/<int:pk>/workbook/", desk.draft, name="run_workbook"),
    path("ranking/", public.rankings, name="public_rankings"),
    path("ranking/<int:year>/<slug:group>/", public.league, name="public_ranking"),
    path("ranking/<int:year>/<slug:group>/files/<str:name>", files.ranking_file, name="ranking_file"),
    path("ranking/<int:year>/<slug:group>/<str:unit>/", public.unit, name="public_unit"),
    path("ranking/<int:year>/<slug:group>/<str:unit>/sheet.<str:kind>", sheets.unit_sheet, name="unit_sheet"),
]
