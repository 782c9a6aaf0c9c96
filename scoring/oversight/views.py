"""The ledger (a group's units by cause, one unit line by line), who is late, and how far claims and marks lie apart."""

from decimal import Decimal

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from core import clock
from core.doors import door
from core.forms import read_query
from scoring.appraisal.views.access import desk_page
from scoring.appraisal.views.desk import cycle_or_404, reads_all
from scoring.enums import ReasonCode
from scoring.models import Assessment, Cycle
from scoring.oversight.cuts import cuts as cuts_of
from scoring.oversight.forms import GIVEN_BACK, LOST, CutsFilter, LedgerFilter, PaceFilter
from scoring.oversight.ledger import CAUSES, UnitLedger, sums
from scoring.oversight.pace import By, paces, phase_of
from scoring.oversight.permissions import can_oversee
from scoring.oversight.selectors import ledgers_for

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

MAX_PLOTTED = 15

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


@desk_page
@require_safe
def pace(request: HttpRequest, year: int) -> HttpResponse:
    cycle, now = cycle_or_404(year), clock.now()
    sees_all = reads_all(request.user)
    form = PaceFilter(request.GET, cycle=cycle, reads_all=sees_all)
    read_query(form)
    rows = paces(request.user, cycle, form.by_chosen, now, form.group_chosen)
    context = {"cycle": cycle, "form": form, "rows": rows, "by": form.by_chosen, "phase": phase_of(cycle, now)}
    context |= {"late": sum(one.is_late for one in rows), "reads_all": sees_all}
    return render(request, "oversight/pace.html", context)


@overseers_page
@require_safe
def pace_file(request: HttpRequest, year: int) -> HttpResponse:
    """By appraiser, by criterion and by unit, a sheet each."""
    cycle, now = cycle_or_404(year), clock.now()
    form = PaceFilter(request.GET, cycle=cycle, reads_all=True)
    read_query(form)
    from scoring.oversight.pace_sheets import pace_workbook  # noqa: PLC0415 - loads openpyxl, 150 ms

    sheets = {by: paces(request.user, cycle, by, now, form.group_chosen) for by in By}
    headers = {"Content-Disposition": f'attachment; filename="tien-do-tham-dinh-{year}.xlsx"'}
    data = pace_workbook(cycle, sheets, phase_of(cycle, now))
    return HttpResponse(data, content_type=MEDIA_TYPE, headers=headers)


@overseers_page
@require_safe
def cuts(request: HttpRequest, year: int) -> HttpResponse:
    cycle = cycle_or_404(year)
    form = CutsFilter(request.GET, cycle=cycle)
    read_query(form)
    rows = cuts_of(request.user, form.chosen, form.of_chosen) if form.chosen else []
    plotted = [(one.code or one.title, one.sizes) for one in rows if one.sizes][:MAX_PLOTTED]
    context = {"cycle": cycle, "form": form, "rows": rows, "of": form.of_chosen, "plotted": plotted}
    context["largest"] = max((max(sizes) for _label, sizes in plotted), default=None)
    used = {code for one in rows for code, _count in one.reasons}
    context["reasons"] = [(code, label) for code, label in ReasonCode.choices if code in used]
    return render(request, "oversight/cuts.html", context)
