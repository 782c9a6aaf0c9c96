"""The years: the list, a new one, one year with its next step and its filing board, its dates, its sets."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from core import clock
from core.forms import refusals_in, status_of
from scoring.criteria.services import can_build_sets
from scoring.cycles.board import Standing, board_rows, counts_of, flags_of
from scoring.cycles.checks import may_change_dates, may_choose_sets
from scoring.cycles.forms import CycleForm, DatesForm, SetsForm, refusals_at_days
from scoring.cycles.permissions import can_run_cycle
from scoring.cycles.selectors import cycles_for, listed_sets, proposed_sets
from scoring.cycles.services import change_calendar, choose_sets, create_cycle
from scoring.cycles.steps import next_step
from scoring.cycles.views.access import cycle_or_404, for_committee, for_secretary, year_page
from scoring.measured.permissions import PHASES, can_import_values
from scoring.measured.selectors import brought_in
from scoring.models import Cycle


@require_GET
@for_committee
def cycles(request: HttpRequest) -> HttpResponse:
    context = {
        "cycles": cycles_for(request.user),
        "sets": listed_sets(),
        "can_run": can_run_cycle(request.user),
        "can_build": can_build_sets(request.user),
    }
    return render(request, "cycles/cycles.html", context)


@require_http_methods(["GET", "POST"])
@for_secretary
def cycle_new(request: HttpRequest) -> HttpResponse:
    form = CycleForm(request.POST if request.method == "POST" else None, initial=_proposal())
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        with refusals_at_days(form):
            made = create_cycle(
                movement=data["movement_title"],
                founding_decision=data["founding_decision"],
                year=int(data["year"]),
                calendar=form.calendar(),
                sets=form.sets(),
                legal_basis=data["legal_basis"],
                is_sample=False,
                actor=request.user,
            )
            return redirect("cycle", made.year)
    return render(request, "cycles/cycle_new.html", {"form": form}, status=status_of(form))


def _proposal() -> dict[str, Any]:
    """Next year after the last one, with its movement, legal basis and sets."""
    last = Cycle.objects.select_related("movement").first()
    year = last.year + 1 if last else clock.today().year
    proposal = {"year": year} | CycleForm.proposed(year) | proposed_sets(year, last)
    if last:
        proposal |= {"legal_basis": last.legal_basis, "movement_title": last.movement.title}
        proposal |= {"founding_decision": last.movement.founding_decision}
    return proposal


@require_GET
@for_committee
def cycle(request: HttpRequest, year: int) -> HttpResponse:
    shown, now = cycle_or_404(request, year), clock.now()
    groups = list(shown.groups.select_related("group", "criteria_set"))
    everyone = board_rows(shown, now)
    figures = brought_in(shown) if shown.state in PHASES else []
    context = {
        "groups": groups,
        "figures": [(one, can_import_values(request.user, one.criterion, shown)) for one in figures],
        "step": next_step(shown, now),
        "can_run": can_run_cycle(request.user),
        "can_change_dates": may_change_dates(shown),
        "can_choose_sets": may_choose_sets(shown),
        "counts": counts_of(everyone),
        "flags": flags_of(everyone),
        "standings": Standing,
    }
    return year_page(request, shown, "cycles/cycle.html", context)


@require_http_methods(["GET", "POST"])
@for_secretary
def cycle_dates(request: HttpRequest, year: int) -> HttpResponse:
    shown = cycle_or_404(request, year)
    form = DatesForm(request.POST if request.method == "POST" else None, cycle=shown)
    if request.method == "POST" and form.is_valid():
        with refusals_at_days(form):
            change_calendar(
                cycle=shown,
                calendar=form.calendar(kept=shown),
                reason=form.cleaned_data["reason"],
                version=form.cleaned_data["version"],
                explanation_words=form.cleaned_data["explanation_words"],
                actor=request.user,
            )
            messages.success(request, _("The new dates are in force."))
            return redirect("cycle", year)
    context = {"form": form, "verdict": may_change_dates(shown)}
    return year_page(request, shown, "cycles/dates.html", context, status_of(form))


@require_http_methods(["GET", "POST"])
@for_secretary
def cycle_sets(request: HttpRequest, year: int) -> HttpResponse:
    shown = cycle_or_404(request, year)
    initial = {f"set_{one.group.code}": one.criteria_set_id for one in shown.groups.select_related("group")}
    form = SetsForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        with refusals_in(form):
            choose_sets(cycle=shown, sets=form.sets(), actor=request.user)
            messages.success(request, _("Groups and criteria sets are chosen."))
            return redirect("cycle", year)
    context = {"form": form, "verdict": may_choose_sets(shown)}
    return year_page(request, shown, "cycles/sets.html", context, status_of(form))
