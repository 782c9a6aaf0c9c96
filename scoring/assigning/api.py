"""The plan in force of one appraising agency; for others than the committee it does not exist, as on the web pages."""

from django.http import Http404
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from core.api.permissions import SignedIn
from core.api.views import Endpoint
from scoring.assigning.permissions import can_see_plans
from scoring.assigning.selectors import assigned
from scoring.assigning.serializers import AssignedLineOut, AssignmentOut, PlanOut
from scoring.models import AssignmentPlan


class OneAssignment(Endpoint):
    permission_classes = [SignedIn]

    @extend_schema(
        operation_id="assignment", summary="Who appraises which line of an agency", responses={200: AssignmentOut}
    )
    def get(self, request: Request, year: int, agency: str) -> Response:
        can_see_plans(request.user).require()
        plans = AssignmentPlan.objects.filter(cycle__year=year, agency__code=agency).select_related("cycle", "agency")
        plan = plans.first()
        if plan is None:
            raise Http404
        lines = AssignedLineOut(assigned(plan.cycle, plan.agency), many=True).data
        return Response(PlanOut(plan).data | {"lines": lines})
