"""Addresses of this desk."""

from django.urls import include, path

from scoring.cycles.views import acts, board, years
from scoring.extending.views import committee

urlpatterns = [
    path("", years.cycles, name="cycles"),
    path("new/", years.cycle_new, name="cycle_new"),
    path("sets/", include("scoring.criteria.desk.urls")),
    path("<int:year>/", years.cycle, name="cycle"),
    path("<int:year>/dates/", years.cycle_dates, name="cycle_dates"),
    path("<int:year>/sets/", years.cycle_sets, name="cycle_sets"),
    path("<int:year>/round/", acts.cycle_round, name="cycle_round"),
    path("<int:year>/board/", board.board, name="board"),
    path("<int:year>/board/file/", board.board_file, name="board_file"),
    path("<int:year>/board/remind/", board.board_remind, name="board_remind"),
    path("<int:year>/board/reminders/", board.board_log, name="board_log"),
    path("<int:year>/board/<int:pk>/", committee.board_unit, name="board_unit"),
    path("<int:year>/<slug:action>/", acts.cycle_step, name="cycle_step"),
]
