"""Addresses of this desk."""

from django.urls import path

from scoring.cycles.views import acts, board, years
from scoring.extending.views import committee

urlpatterns = [
    path("", years.cycles, name="cycles"),
    path("new/", years.cycle_new, name="cycle_new"),
    path("sets/<int:pk>/publish/", acts.set_publish, name="set_publish"),
    path("sets/<int:pk>/next-year/", acts.set_clone, name="set_clone"),
    path("<int:year>/", years.cycle, name="cycle"),
    path("<int:year>/dates/", years.cycle_dates, name="cycle_dates"),
    path("<int:year>/sets/", years.cycle_sets, name="cycle_sets"),
    path("<int:year>/board/", board.board, name="board"),
    path("<int:year>/board/file/", board.board_file, name="board_file"),
    path("<int:year>/board/remind/", board.board_remind, name="board_remind"),
    path("<int:year>/board/reminders/", board.board_log, name="board_log"),
    path("<int:year>/board/<int:pk>/", committee.board_unit, name="board_unit"),
    path("<int:year>/<slug:action>/", acts.cycle_step, name="cycle_step"),
]
