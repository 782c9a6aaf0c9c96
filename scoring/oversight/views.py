"""The ledger: a group's units by cause, one unit line by line, and both as a workbook."""

from decimal import Decimal

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from core import clock
from core.doors import door
from core.forms import read_query
from scoring.appraisal.views.desk import cycle_or_404
from scoring.enums import ReasonCode
from scoring.models import Assessment, Cycle
from scoring.oversight.forms import GIVEN_BACK, LOST, LedgerFilter
from scoring.oversight.ledger import CAUSES, UnitLedger, sums
from scoring.oversight.permissions import can_oversee
from scoring.oversight.selectors import ledgers_for

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

# To everybody but whoever oversees the appraisal the page is not there (404).
overseers_page = door(can_oversee)


def asked(request: HttpRequest, cycle: Cycle) -> LedgerFilter:
    form = LedgerFilter(request.GET, cycle=cycle)
    read_query(form)
    return form


def ordered(units: list[UnitLedger], order: str) -> list[UnitLedger]:
    """By name as they come; else the largest first, units without a total last."""
    if order == LOST:
        return sorted(units, key=lambda one: (one.difference is None, one.difference))
    if order == GIVEN_BACK:
        return sorted(units, key=lambda one: -one.by_cause.get(ReasonCode.AFTER_EXPLANATION, Decimal(0)))
    return units


@overseers_page
@require_safe
def ledger(request: HttpRequest, year: int) -> HttpResponse:
    cycle = cycle_or_404(year)
    form = asked(request, cycle)
    units = ordered(ledgers_for(request.user, form.chosen), form.cleaned_data["order"]) if form.chosen else []
    by_cause = sums(move for unit in units for move in unit.moves)
    context = {"cycle": cycle, "form": form, "chosen": form.chosen, "query": request.GET.urlencode()}
    context["causes"] = [(cause, CAUSES[cause], points) for cause, points in by_cause.items()]
    context["rows"] = [(unit, [unit.by_cause.get(cause) for cause in by_cause]) for unit in units]
    return render(request, "oversight/ledger.html", context)


@overseers_page
@require_safe
def ledger_file(request: HttpRequest, year: int) -> HttpResponse:
    cycle = cycle_or_404(year)
    form = asked(request, cycle)
    if form.chosen is None:
        raise Http404
    from scoring.oversight.exports import ledger_workbook  # noqa: PLC0415 - loads openpyxl, 150 ms

    units = ordered(ledgers_for(request.user, form.chosen), form.cleaned_data["order"])
    data = ledger_workbook(cycle, form.chosen, units, clock.now())
    headers = {"Content-Disposition": f'attachment; filename="so-diem-{form.chosen.group.code}-{year}.xlsx"'}
    return HttpResponse(data, content_type=MEDIA_TYPE, headers=headers)


@overseers_page
@require_safe
def unit_ledger(request: HttpRequest, pk: int) -> HttpResponse:
    related = ("cycle", "unit", "group")
    assessment = get_object_or_404(Assessment.objects.visible_to(request.user).select_related(*related), pk=pk)
    one = get_object_or_404(
        assessment.cycle.groups.select_related("group", "criteria_set", "cycle"), group=assessment.group_id
    )
    found = next((unit for unit in ledgers_for(request.user, one) if unit.assessment == assessment), None)
    causes = [(CAUSES[cause], points) for cause, points in found.by_cause.items()] if found else []
    context = {"cycle": assessment.cycle, "assessment": assessment, "ledger": found, "causes": causes}
    return render(request, "oversight/unit_ledger.html", context)
