"""Dividing the lines of the appraising agencies: look at a plan, adopt it, decide otherwise, print it."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from accounts.models import Unit
from core import clock
from core.doors import door
from core.forms import refusals_in, status_of
from core.paging import page_of
from scoring.appraisal.views.access import require_right
from scoring.appraisal.views.desk import cycle_or_404
from scoring.assigning.forms import AdoptForm, OverrideForm, PlanForm
from scoring.assigning.permissions import can_assign, can_see_plans
from scoring.assigning.planning import appraisers_of
from scoring.assigning.selectors import agencies, assigned, loads_of
from scoring.assigning.services import adopt_assignment, override_assignment, plan_assignment
from scoring.enums import AssignmentMode
from scoring.models import AssignmentPlan, Cycle

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# Lead, scoring secretary, auditor; for others the page does not exist (404).
plans_page = door(can_see_plans)


def _agency_or_404(cycle: Cycle, code: str) -> Unit:
    """An agency that appraises a criterion of the year."""
    appraising = cycle.groups.values("criteria_set__criteria__responsible")
    return get_object_or_404(Unit, code=code, pk__in=appraising)


def _plan_of(cycle: Cycle, agency: Unit) -> AssignmentPlan | None:
    return cycle.assignment_plans.filter(agency=agency).select_related("made_by", "cycle", "agency").first()


@plans_page
@require_GET
def assignment(request: HttpRequest, year: int) -> HttpResponse:
    cycle = cycle_or_404(year)
    context = {"cycle": cycle, "rows": agencies(cycle, request.user), "may_assign": can_assign(request.user, cycle)}
    return render(request, "assigning/agencies.html", context | {"reads_all": True})


@plans_page
@require_http_methods(["GET", "HEAD", "POST"])
def assignment_agency(request: HttpRequest, year: int, code: str) -> HttpResponse:
    """GET with a way of dividing shows what would come out; POST adopts what was looked at."""
    cycle = cycle_or_404(year)
    agency, verdict, draft = _agency_or_404(cycle, code), can_assign(request.user, cycle), None
    given = {"cycle": cycle, "agency": agency, "actor": request.user}
    if request.method == "POST":
        require_right(verdict)
        form = AdoptForm(request.POST)
        if form.is_valid():
            with refusals_in(form):
                adopt_assignment(**form.cleaned_data, **given)
                messages.success(request, _("{agency}: the plan is in force.").format(agency=agency.label))
                return redirect("assignment_agency", year=year, code=code)
    else:
        asked = "mode" in request.GET and bool(verdict)
        form = PlanForm(request.GET if asked else None, initial={"mode": AssignmentMode.UNIT, "seed": year})
    if verdict and form.is_bound and not form.errors.keys() & {"mode", "cap", "seed"}:
        chosen = {name: form.cleaned_data[name] for name in ("mode", "cap", "seed")}
        with refusals_in(form):
            draft = plan_assignment(**chosen, **given)
    rows = list(assigned(cycle, agency))
    context = {"cycle": cycle, "agency": agency, "form": form, "draft": draft, "may_assign": verdict, "reads_all": True}
    context |= {"plan": _plan_of(cycle, agency), "page": page_of(rows, request.GET.get("page"), per_page=100)}
    context |= {"loads": loads_of(rows, appraisers_of(agency, request.user))}
    return render(request, "assigning/agency.html", context, status=status_of(form))


@plans_page
@require_http_methods(["GET", "HEAD", "POST"])
def assignment_override(request: HttpRequest, year: int, code: str) -> HttpResponse:
    cycle = cycle_or_404(year)
    agency, verdict = _agency_or_404(cycle, code), can_assign(request.user, cycle)
    require_right(verdict)
    rows = list(assigned(cycle, agency))
    if not rows:
        raise Http404
    data = request.POST if request.method == "POST" else None
    asked = {name: request.GET.get(name, "") for name in ("unit", "criterion")}
    form = OverrideForm(data, rows=rows, agency=agency, user=request.user, initial=asked)
    if form.is_valid():
        with refusals_in(form):
            count = override_assignment(
                cycle=cycle,
                agency=agency,
                answers=form.answers,
                appraiser=form.cleaned_data["appraiser"],
                reason=form.cleaned_data["reason"],
                actor=request.user,
            )
            messages.success(
                request, ngettext("{n} line changed hands.", "{n} lines changed hands.", count).format(n=count)
            )
            return redirect("assignment_agency", year=year, code=code)
    context = {"cycle": cycle, "agency": agency, "form": form, "verdict": verdict}
    return render(request, "assigning/override.html", context, status=status_of(form))


@plans_page
@require_GET
def assignment_file(request: HttpRequest, year: int, code: str) -> HttpResponse:
    """The plan in force, with what was decided otherwise since, as a workbook for the minutes."""
    cycle = cycle_or_404(year)
    agency = _agency_or_404(cycle, code)
    plan = _plan_of(cycle, agency)
    if plan is None:
        raise Http404
    from scoring.assigning.exports import plan_workbook  # noqa: PLC0415 - loads openpyxl, 150 ms

    data = plan_workbook(plan, list(assigned(cycle, agency)), clock.now())
    response = HttpResponse(data, content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="phan-cong-{agency.code}-{year}.xlsx"'
    response["Cache-Control"] = "private, no-store"
    return response
