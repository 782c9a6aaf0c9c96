"""Addresses of the committee's desk, and of the unit's provisional result."""

from django.urls import path

from scoring.appraisal.views import contests, desk, enter, grid, line, result, review, unit
from scoring.assigning import views as assigning
from scoring.clarifying.views import desk as clarifying
from scoring.conflicts import views as conflicts
from scoring.marking import views as marking
from scoring.twins import views as twins

urlpatterns = [
    path("", desk.home, name="appraisal"),
    path("<int:year>/", desk.home, name="appraisal_year"),
    path("<int:year>/criteria/<int:pk>/", desk.criterion, name="appraisal_criterion"),
    path("<int:year>/criteria/<int:pk>/review/", review.review, name="appraisal_review"),
    path("<int:year>/criteria/<int:pk>/enter/", enter.enter, name="appraisal_enter"),
    path("<int:year>/criteria/<int:pk>/grid/", grid.grid, name="appraisal_grid"),
    path("lines/<int:pk>/row/", grid.row, name="appraisal_row"),
    path("<int:year>/progress/", desk.progress, name="appraisal_progress"),
    path("<int:year>/close/", desk.close, name="appraisal_close"),
    path("<int:year>/marking/", marking.marking, name="marking"),
    path("<int:year>/marking/draw/", marking.marking_draw, name="marking_draw"),
    path("<int:year>/marking/file/", marking.marking_file, name="marking_file"),
    path("<int:year>/marking/<int:pk>/gap/", marking.marking_gap, name="marking_gap"),
    path("<int:year>/marking/<int:pk>/release/", marking.marking_release, name="marking_release"),
    path("<int:year>/assignment/", assigning.assignment, name="assignment"),
    path("<int:year>/assignment/<str:code>/", assigning.assignment_agency, name="assignment_agency"),
    path("<int:year>/assignment/<str:code>/override/", assigning.assignment_override, name="assignment_override"),
    path("<int:year>/assignment/<str:code>/file/", assigning.assignment_file, name="assignment_file"),
    path("<int:year>/conflicts/", conflicts.conflicts, name="conflicts"),
    path("<int:year>/conflicts/file/", conflicts.conflicts_file, name="conflicts_file"),
    path("<int:year>/conflicts/superior/", conflicts.conflict_superior, name="conflict_superior"),
    path("conflicts/<int:pk>/withdraw/", conflicts.conflict_withdraw, name="conflict_withdraw"),
    path("<int:year>/twins/", twins.twins, name="twins"),
    path("<int:year>/twins/file/", twins.twins_file, name="twins_file"),
    path("twins/<int:pk>/", twins.twin, name="twin"),
    path("twins/<int:pk>/put-back/", twins.put_back, name="twin_put_back"),
    path("lines/<int:pk>/", line.line, name="appraisal_line"),
    path("lines/<int:pk>/reopen/", review.reopen, name="appraisal_reopen"),
    path("lines/<int:pk>/skip/", line.skip, name="appraisal_skip"),
    path("lines/<int:pk>/take-back/<int:version>/", grid.take_back, name="appraisal_take_back"),
    path("lines/<int:pk>/ask/", clarifying.ask, name="clarification_ask"),
    path("clarifications/<int:pk>/withdraw/", clarifying.withdraw, name="clarification_withdraw"),
    path("units/<int:pk>/", unit.unit, name="appraisal_unit"),
    path("units/<int:pk>/return/", unit.give_back, name="appraisal_return"),
    path("explanations/", contests.explanations, name="explanations"),
    path("explanations/<int:pk>/", contests.explanation, name="explanation"),
    path("explanations/<int:pk>/refer/", contests.refer, name="explanation_refer"),
    path("explanations/<int:pk>/council/", contests.council, name="explanation_council"),
    path("results/<int:pk>/", result.provisional, name="provisional"),
    path("results/lines/<int:pk>/explain/", result.explain, name="explain"),
]
