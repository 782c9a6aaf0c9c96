"""Measured and survey figures brought in by programs: all units of one criterion at once."""

from django.http import Http404
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from core.api.permissions import SignedIn
from core.api.serializers import read_body, refuse_unknown
from core.api.views import Endpoint
from scoring.appraisal.permissions import can_see_desk
from scoring.inputs import inputs_of
from scoring.measured.judging import Given, judged, lines_by_unit
from scoring.measured.permissions import MEASURED, can_import_values
from scoring.measured.serializers import ValuesIn, ValuesOut
from scoring.measured.services import import_values
from scoring.models import Criterion, Cycle


class MeasuredValues(Endpoint):
    permission_classes = [SignedIn]

    @extend_schema(
        operation_id="values_import",
        summary="Bring in a measured or survey criterion for many units: all or none",
        description="Sent again it changes nothing: figures that stand there already are not brought in twice.",
        request=ValuesIn,
        responses={200: ValuesOut},
    )
    def post(self, request: Request, year: int, criteria_set: str, code: str) -> Response:
        can_see_desk(request.user).require()
        cycle = get_object_or_404(Cycle, year=year)
        found = Criterion.objects.select_related("criteria_set", "responsible").filter(code=code)
        criterion = get_object_or_404(
            found, criteria_set__code=criteria_set, criteria_set__in=cycle.groups.values("criteria_set")
        )
        if criterion.leaf.source_kind not in MEASURED:
            raise Http404
        can_import_values(request.user, criterion, cycle).require()
        sent = read_body(request, ValuesIn)
        known = [one.name for one in inputs_of(criterion.leaf)]
        for index, one in enumerate(sent["units"]):
            refuse_unknown(one["values"], known, at=f"/units/{index}/values")
        given = [Given(f"/units/{index}", one["unit"], one["values"]) for index, one in enumerate(sent["units"])]
        rows = judged(given, lines_by_unit(cycle, criterion, request.user), request.user)
        if not sent["dry_run"]:
            import_values(
                cycle=cycle,
                criterion=criterion,
                given=given,
                origin=sent["origin"],
                measured_on=sent["measured_on"],
                actor=request.user,
            )
        changed = sum(row.is_new and not row.faults for row in rows)
        return Response(ValuesOut({"changed": changed, "units": rows}).data)
