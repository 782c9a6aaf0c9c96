"""Addresses of the API. Each view states who may ask (tests/core/api walks them all)."""

from django.urls import path, re_path

from accounts import api as accounts
from core.api.description import SchemaView
from core.api.views import NoSuchAddress
from nominations.certifying import api as certifying
from scoring.assigning import api as assigning
from scoring.criteria import api as criteria
from scoring.cycles import api as cycles
from scoring.filing import api as filing
from scoring.measured import api as measured
from scoring.ranking import api as ranking

urlpatterns = [
    path("v1/schema/", SchemaView.as_view(), name="api_schema"),
    path("v1/groups/", accounts.Groups.as_view(), name="api_groups"),
    path("v1/units/", accounts.Units.as_view(), name="api_units"),
    path("v1/units/<str:code>/", accounts.OneUnit.as_view(), name="api_unit"),
    path("v1/cycles/", cycles.Cycles.as_view(), name="api_cycles"),
    path("v1/cycles/<int:year>/", cycles.OneCycle.as_view(), name="api_cycle"),
    path("v1/cycles/<int:year>/assignments/<str:agency>/", assigning.OneAssignment.as_view(), name="api_assignment"),
    path(
        "v1/cycles/<int:year>/criteria/<str:criteria_set>/<str:code>/values/",
        measured.MeasuredValues.as_view(),
        name="api_values",
    ),
    path("v1/criteria-sets/", criteria.CriteriaSets.as_view(), name="api_criteria_sets"),
    path("v1/criteria-sets/<str:code>/<int:year>/", criteria.OneCriteriaSet.as_view(), name="api_criteria_set"),
    path(
        "v1/criteria-sets/<str:code>/<int:year>/difference/<int:earlier>/",
        criteria.CriteriaSetDifference.as_view(),
        name="api_criteria_set_difference",
    ),
    path("v1/assessments/", filing.Assessments.as_view(), name="api_assessments"),
    path("v1/assessments/<int:pk>/", filing.OneAssessment.as_view(), name="api_assessment"),
    path("v1/assessments/<int:pk>/answers/<str:code>/", filing.OneAnswer.as_view(), name="api_answer"),
    path("v1/assessments/<int:pk>/prepare/", filing.Prepare.as_view(), name="api_assessment_prepare"),
    path("v1/assessments/<int:pk>/reopen/", filing.Reopen.as_view(), name="api_assessment_reopen"),
    path("v1/assessments/<int:pk>/submit/", filing.Submit.as_view(), name="api_assessment_submit"),
    path("v1/assessments/<int:pk>/receipt/", filing.Receipt.as_view(), name="api_assessment_receipt"),
    path("v1/rankings/", ranking.Rankings.as_view(), name="api_rankings"),
    path("v1/rankings/<int:year>/<str:group>/", ranking.OneRanking.as_view(), name="api_ranking"),
    path("v1/rankings/<int:year>/<str:group>/rows/", ranking.RankingRows.as_view(), name="api_ranking_rows"),
    path("v1/rankings/<int:year>/<str:group>/rows/<str:unit>/", ranking.RankingRow.as_view(), name="api_ranking_row"),
    path("v1/awards/", certifying.Awards.as_view(), name="api_awards"),
    # Also an address without its last slash: a program is told, not sent elsewhere.
    re_path("", NoSuchAddress.as_view(), name="api_nothing"),
]
