"""The secretary's desk: runs of a cycle, one run compared, publication."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.doors import door
from core.forms import read_query, refusals_in, status_of
from scoring.enums import RunState
from scoring.models import CycleGroup, RankingRun
from scoring.ranking.forms import CycleChoice, PublishForm
from scoring.ranking.permissions import can_compute, can_publish, can_read_runs
from scoring.ranking.selectors import compared_rows, desk_cycles, desk_runs, earlier_run, run_before, runs_of
from scoring.ranking.services import publish_run, start_run
from scoring.ranking.views.files import download, run_workbook
from scoring.ranking.words import publication_facts

# For secretary, lead and auditor; to everybody else the page is not there (404).
desk_page = door(can_read_runs)


def run_or_404(request: HttpRequest, pk: int) -> RankingRun:
    return get_object_or_404(desk_runs().visible_to(request.user), pk=pk)


@desk_page
@require_safe
def runs(request: HttpRequest) -> HttpResponse:
    cycles = list(desk_cycles())
    year = read_query(CycleChoice(request.GET, cycles=cycles))["year"]
    cycle = next((one for one in cycles if str(one.year) == year), cycles[0] if cycles else None)
    context = {"cycles": cycles, "cycle": cycle}
    if cycle:
        context |= {
            "groups": runs_of(cycle),
            "verdict": can_compute(request.user, cycle),
        }
    return render(request, "ranking/runs.html", context)


@desk_page
@require_POST
def start(request: HttpRequest, year: int, group: str) -> HttpResponse:
    one = get_object_or_404(CycleGroup.objects.select_related("cycle", "group"), cycle__year=year, group__code=group)
    run = start_run(cycle=one.cycle, group=one.group, actor=request.user)
    return redirect("run", run.pk)


@desk_page
@require_safe
def run(request: HttpRequest, pk: int) -> HttpResponse:
    one = run_or_404(request, pk)
    context = {"run": one, "verdict": can_publish(request.user, one, one.cycle)}
    if one.state == RunState.QUEUED:
        context["compute"] = can_compute(request.user, one.cycle)
        return render(request, "ranking/run_waiting.html", context)
    before, last_year = run_before(one), earlier_run(one)
    rows = compared_rows(one, before, last_year)
    context |= {
        "before": before, "last_year": last_year, "span": 4 + 2 * bool(before) + 2 * bool(last_year),
        "parts": [[row for row in rows if row.has_filed is filed] for filed in (True, False)],
        "moved": sum(bool(row.since_before and row.since_before.is_move) for row in rows),
        "changed": [row for row in rows if row.lines],
    }  # fmt: skip
    return render(request, "ranking/run.html", context)


@desk_page
@require_safe
def progress(request: HttpRequest, pk: int) -> HttpResponse:
    """The job as a fragment; when it is over the page is loaded again by itself."""
    one = run_or_404(request, pk)
    response = render(request, "ranking/_progress.html", {"run": one})
    if one.job is None or one.job.is_over:
        response["HX-Refresh"] = "true"
    return response


@desk_page
@require_http_methods(["GET", "HEAD", "POST"])
def publish(request: HttpRequest, pk: int) -> HttpResponse:
    one = run_or_404(request, pk)
    can_publish(request.user, one, one.cycle).require()
    replaced = RankingRun.objects.light().published().filter(cycle=one.cycle, group=one.group).first()
    form = PublishForm(request.POST or None, replaces=bool(replaced))
    if form.is_bound and form.is_valid():
        with refusals_in(form):
            publish_run(run=one, actor=request.user, **form.cleaned_data)
        if not form.errors:
            messages.success(request, _("The ranking is published."))
            return redirect("run", one.pk)
    context = {"run": one, "form": form, "replaced": replaced, "facts": publication_facts(one, replaced)}
    return render(request, "ranking/publish.html", context, status=status_of(form))


@desk_page
@require_safe
def draft(request: HttpRequest, pk: int) -> HttpResponse:
    """The workbook of any computed run: the secretary prints it before the decision has a number."""
    one = run_or_404(request, pk)
    return download(f"ranking-{one.group.code}-{one.cycle.year}-run-{one.number}.xlsx", run_workbook(one))
