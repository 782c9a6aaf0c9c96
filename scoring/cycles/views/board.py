"""The filing board of one year: the table, one unit of it, reminding, the workbook, and the log of reminders."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from core import clock
from core.forms import read_query, refusals_in, status_of
from core.paging import page_of
from scoring.cycles.board import BoardRow, Standing, board_rows, counts_of, flags_of, narrowed
from scoring.cycles.forms import BoardFilter, RemindForm
from scoring.cycles.permissions import can_run_cycle
from scoring.cycles.views.access import cycle_or_404, for_committee, for_secretary, year_page
from scoring.filing.views.access import possible_id
from scoring.models import Cycle, Reminder
from scoring.reminding.services import plan, remind

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _filtered(request: HttpRequest, cycle: Cycle) -> tuple[BoardFilter, list[BoardRow], list[BoardRow]]:
    """The filter as the address asks for it, the rows that fit it, and all rows."""
    groups = [one.group for one in cycle.groups.select_related("group")]
    form = BoardFilter(request.GET, groups=groups)
    asked, everyone = read_query(form), board_rows(cycle, clock.now())
    return form, narrowed(everyone, **asked | {"sort": asked["sort"] or "name"}), everyone


@require_GET
@for_committee
def board(request: HttpRequest, year: int) -> HttpResponse:
    shown, now = cycle_or_404(request, year), clock.now()
    form, rows, everyone = _filtered(request, shown)
    context = {
        "now": now,
        "form": form,
        "rows": rows,
        "everyone": everyone,
        "flags": flags_of(everyone),
        "counts": counts_of(everyone),
        "standings": Standing,
        "can_remind": can_run_cycle(request.user),
        "to_remind": sum(row.can_file for row in rows),
        "query": request.GET.urlencode(),
    }
    return year_page(request, shown, "cycles/board.html", context)


@require_GET
@for_committee
def board_file(request: HttpRequest, year: int) -> HttpResponse:
    """What the page shows with this filter, as a workbook to print."""
    shown = cycle_or_404(request, year)
    _form, rows, _everyone = _filtered(request, shown)
    from scoring.cycles.exports import board_workbook  # noqa: PLC0415 - loads openpyxl, 150 ms

    response = HttpResponse(board_workbook(shown, rows, clock.now()), content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="tien-do-ke-khai-{year}.xlsx"'
    response["Cache-Control"] = "private, no-store"
    return response


@require_http_methods(["GET", "POST"])
@for_secretary
def board_remind(request: HttpRequest, year: int) -> HttpResponse:
    """GET says who would be reminded and who would not, POST reminds: one unit (`?unit=`) or all that match the filter."""
    shown = cycle_or_404(request, year)
    form = RemindForm(request.POST if request.method == "POST" else None)
    wanted = _wanted(request, shown)
    if request.method == "POST" and form.is_valid():
        with refusals_in(form):
            outcome = remind(cycle=shown, assessments=wanted, actor=request.user, **form.cleaned_data)
            messages.success(request, _said(outcome))
            return redirect(_back(request, year))
    again = bool(form.is_bound and form.is_valid() and form.cleaned_data["again"])
    context = {"form": form, "plan": plan(wanted, shown, clock.now(), again=again)}
    context["back_url"] = _back(request, year)
    return year_page(request, shown, "cycles/remind.html", context, status_of(form))


def _wanted(request: HttpRequest, cycle: Cycle) -> list:
    """The forms that the address means: of one unit, else of those that match and are not handed in."""
    if unit := request.GET.get("unit"):
        number = possible_id(int(unit)) if unit.isascii() and unit.isdigit() else 0
        return [get_object_or_404(cycle.assessments.select_related("unit"), pk=number)]
    _form, rows, _everyone = _filtered(request, cycle)
    return [row.assessment for row in rows if not row.assessment.is_handed_in]


def _back(request: HttpRequest, year: int) -> str:
    if unit := request.GET.get("unit"):
        return reverse("board_unit", args=[year, unit])
    query = request.GET.urlencode()
    return reverse("board", args=[year]) + (f"?{query}" if query else "")


def _said(outcome) -> str:
    units = ngettext("{n} unit was reminded", "{n} units were reminded", len(outcome.reminded))
    people = ngettext("{n} person", "{n} people", outcome.people)
    return f"{units.format(n=len(outcome.reminded))} ({people.format(n=outcome.people)})."


@require_GET
@for_committee
def board_log(request: HttpRequest, year: int) -> HttpResponse:
    """Every reminder of the year, the newest first."""
    shown = cycle_or_404(request, year)
    sent = Reminder.objects.filter(assessment__cycle=shown)
    rows = sent.select_related("assessment__unit", "person", "sent_by")
    return year_page(request, shown, "cycles/reminders.html", {"page": page_of(rows, request.GET.get("page"))})
