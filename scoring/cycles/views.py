"""The secretary's calendar: the years, one year with its next step and its filing board."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from core import clock
from core.errors import NotFound
from core.forms import read_query, refusals_in, status_of
from scoring.criteria.services import can_build_sets, clone_set, publish_set
from scoring.cycles.forms import BoardFilter, CycleForm, DatesForm
from scoring.cycles.permissions import can_run_cycle
from scoring.cycles.phases import phases_of
from scoring.cycles.selectors import cycles_for, filing_board, offered_sets
from scoring.cycles.services import change_calendar, create_cycle
from scoring.cycles.steps import ACTS, next_step, take
from scoring.models import CriteriaSet, Cycle
from scoring.models.assessment import READS_ALL


def _cycle(request: HttpRequest, year: int) -> Cycle:
    return get_object_or_404(cycles_for(request.user), year=year)


def _require_committee(request: HttpRequest) -> None:
    """Whoever has no part in the calendar does not see that there is one."""
    if not request.user.has_role(*READS_ALL):
        raise NotFound(_("There is no such page."))


@login_required
@require_GET
def cycles(request: HttpRequest) -> HttpResponse:
    _require_committee(request)
    return render(
        request,
        "cycles/cycles.html",
        {
            "cycles": cycles_for(request.user),
            "sets": offered_sets(),
            "can_run": can_run_cycle(request.user),
            "can_build": can_build_sets(request.user),
        },
    )


@login_required
@require_http_methods(["GET", "POST"])
def cycle_new(request: HttpRequest) -> HttpResponse:
    _require_committee(request)
    can_run_cycle(request.user).require()
    form = CycleForm(request.POST or None, initial=_proposal())
    if request.method == "POST" and form.is_valid():
        with refusals_in(form):
            data = form.cleaned_data
            cycle = create_cycle(
                movement=data["movement_title"],
                founding_decision=data["founding_decision"],
                year=data["year"],
                calendar=form.calendar(),
                sets=form.sets(),
                legal_basis=data["legal_basis"],
                is_sample=False,
                actor=request.user,
            )
            return redirect("cycle", cycle.year)
    return render(request, "cycles/cycle_new.html", {"form": form}, status=status_of(form))


def _proposal() -> dict[str, Any]:
    """Next year after the last one, with its movement and legal basis."""
    last = Cycle.objects.select_related("movement").first()
    year = last.year + 1 if last else clock.today().year
    proposal = {"year": year} | CycleForm.proposed(year)
    if last:
        proposal |= {"legal_basis": last.legal_basis, "movement_title": last.movement.title}
        proposal |= {"founding_decision": last.movement.founding_decision}
    return proposal


@login_required
@require_GET
def cycle(request: HttpRequest, year: int) -> HttpResponse:
    cycle, now = _cycle(request, year), clock.now()
    groups = [one.group for one in cycle.groups.select_related("group")]
    form = BoardFilter(request.GET or {}, groups=groups)
    asked = read_query(form)
    rows = filing_board(
        cycle, search=asked["q"], standing=asked["standing"], group=asked["group"], sort=asked["sort"] or "name"
    )
    everyone = rows if not any(asked.values()) else filing_board(cycle)
    context = {
        "cycle": cycle,
        "phases": phases_of(cycle),
        "step": next_step(cycle, now),
        "can_run": can_run_cycle(request.user),
        "form": form,
        "rows": rows,
        "count": len(everyone),
        "submitted": sum(row.assessment.is_handed_in for row in everyone),
        "not_begun": sum(row.standing == "not_begun" for row in everyone),
    }
    return render(request, "cycles/cycle.html", context)


@login_required
@require_POST
def cycle_step(request: HttpRequest, year: int, action: str) -> HttpResponse:
    cycle = _cycle(request, year)
    if action not in ACTS:
        raise NotFound(_("There is no such step."))
    cycle = take(cycle, action, request.user)
    messages.success(request, _("The cycle is now in the phase “{phase}”.").format(phase=cycle.get_state_display()))
    return redirect("cycle", year)


@login_required
@require_http_methods(["GET", "POST"])
def cycle_dates(request: HttpRequest, year: int) -> HttpResponse:
    cycle = _cycle(request, year)
    can_run_cycle(request.user).require()
    form = DatesForm(request.POST or None, initial=DatesForm.initial_of(cycle))
    if request.method == "POST" and form.is_valid():
        with refusals_in(form):
            change_calendar(
                cycle=cycle, calendar=form.calendar(), reason=form.cleaned_data["reason"], actor=request.user
            )
            messages.success(request, _("The new dates are in force."))
            return redirect("cycle", year)
    return render(request, "cycles/dates.html", {"form": form, "cycle": cycle}, status=status_of(form))


@login_required
@require_POST
def set_publish(request: HttpRequest, pk: int) -> HttpResponse:
    _require_committee(request)
    criteria_set = publish_set(criteria_set=get_object_or_404(CriteriaSet, pk=pk), actor=request.user)
    messages.success(request, _("The set {name} is published and can no longer change.").format(name=criteria_set))
    return redirect("cycles")


@login_required
@require_POST
def set_clone(request: HttpRequest, pk: int) -> HttpResponse:
    _require_committee(request)
    source = get_object_or_404(CriteriaSet, pk=pk)
    criteria_set = clone_set(source=source, year=source.year + 1, actor=request.user)
    messages.success(request, _("The draft {name} is made from it.").format(name=criteria_set))
    return redirect("cycles")
