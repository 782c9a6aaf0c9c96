"""Whose marks drift: everybody's for the lead, the own for an appraiser."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_safe

from core import clock
from core.doors import door
from scoring.anchors.permissions import can_see_drift, can_see_everybodys_drift
from scoring.anchors.report import drift_of, drift_of_everybody
from scoring.anchors.words import said, said_rules
from scoring.appraisal.views.desk import cycle_or_404

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@door(can_see_drift)
@require_safe
def drift(request: HttpRequest, year: int) -> HttpResponse:
    cycle, user = cycle_or_404(year), request.user
    everybody = bool(can_see_everybodys_drift(user))
    found = drift_of_everybody(user, cycle) if everybody else [drift_of(user, cycle)]
    context = {"cycle": cycle, "everybody": everybody, "rows": [said(one) for one in found], "rules": said_rules()}
    context["told"] = sum(one.is_told for one in found)
    return render(request, "anchors/drift.html", context)


@door(can_see_everybodys_drift)
@require_GET
def drift_file(request: HttpRequest, year: int) -> HttpResponse:
    cycle = cycle_or_404(year)
    from scoring.anchors.exports import drift_workbook  # noqa: PLC0415 - loads openpyxl, 150 ms

    data = drift_workbook(cycle, drift_of_everybody(request.user, cycle), clock.now())
    headers = {"Content-Disposition": f'attachment; filename="do-lech-cham-{year}.xlsx"'}
    headers["Cache-Control"] = "private, no-store"
    return HttpResponse(data, content_type=MEDIA_TYPE, headers=headers)
