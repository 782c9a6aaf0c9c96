"""Double marking: draw lines, see what waits, decide gaps, read how well people agree."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from core import clock
from core.doors import door
from core.errors import Conflict, DomainError
from core.forms import refusals_in, show_refusal, status_of
from scoring.appraisal.permissions import READS_ALL_CRITERIA
from scoring.appraisal.value_words import said_claim, said_values
from scoring.appraisal.views.access import require_right
from scoring.appraisal.views.desk import cycle_or_404
from scoring.filing.views.access import possible_id
from scoring.marking.forms import DrawForm, ReleaseForm, SettleForm
from scoring.marking.permissions import can_draw, can_release, can_see_marking, can_settle
from scoring.marking.selectors import (
    agencies_to_draw,
    agreement_of,
    by_gap,
    draws_of,
    gaps,
    marks_of,
    may_settle,
    still_to_mark,
)
from scoring.marking.services import draw_second_marks, release_second_mark, settle_gap
from scoring.models import Cycle, SecondMark
from scoring.oversight.permissions import can_oversee

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# The committee's; for others the page does not exist (404).
marking_page = door(can_see_marking)


@marking_page
@require_GET
def marking(request: HttpRequest, year: int) -> HttpResponse:
    cycle = cycle_or_404(year)
    form = DrawForm(agencies=agencies_to_draw(cycle), initial={"seed": year})
    return page(request, cycle, form)


def page(request: HttpRequest, cycle: Cycle, form: DrawForm) -> HttpResponse:
    user, reads_all = request.user, request.user.has_role(*READS_ALL_CRITERIA)
    found = by_gap(gaps(user, cycle))
    agreed, waiting = agreement_of(user, cycle), marks_of(user, cycle).filter(saved_at__isnull=True)
    context = {"cycle": cycle, "form": form, "may_draw": can_draw(user, cycle), "reads_all": reads_all}
    context |= {"draws": draws_of(cycle) if reads_all else [], "mine": list(still_to_mark(user, cycle))}
    context |= {"gaps": list(zip(found, may_settle(user, found), strict=True)), "agreement": agreed}
    context |= {"waiting": list(waiting) if reads_all else []}
    # How alike people mark is told by name to whoever leads; to each appraiser the own figures.
    context |= {"people": [one for one in agreed.people if reads_all or one.person == user]}
    return render(request, "marking/marking.html", context, status=status_of(form))


@marking_page
@require_POST
def marking_draw(request: HttpRequest, year: int) -> HttpResponse:
    cycle = cycle_or_404(year)
    can_draw(request.user, cycle).require()
    form = DrawForm(request.POST, agencies=agencies_to_draw(cycle))
    if form.is_valid():
        with refusals_in(form):
            draw = draw_second_marks(cycle=cycle, actor=request.user, **form.cleaned_data)
            said = ngettext("{n} line is marked twice.", "{n} lines are marked twice.", draw.lines).format(n=draw.lines)
            if draw.left:
                nobody = ngettext("For {n} nobody was free.", "For {n} nobody was free.", draw.left)
                said = f"{said} {nobody.format(n=draw.left)}"
            messages.success(request, said)
            return redirect("marking", year=year)
    return page(request, cycle, form)


def _mark_or_404(request: HttpRequest, year: int, pk: int, **wanted: bool) -> SecondMark:
    """With the line as both pages show it."""
    second = get_object_or_404(marks_of(request.user, cycle_or_404(year)), pk=possible_id(pk), **wanted)
    second.answer.second_mark = second
    return second


@marking_page
@require_http_methods(["GET", "HEAD", "POST"])
def marking_gap(request: HttpRequest, year: int, pk: int) -> HttpResponse:
    """Two marks side by side without names, for the third person. Not there while one of them is still to come."""
    second = _mark_or_404(request, year, pk, disputed=True)
    verdict = can_settle(request.user, second.answer, second.answer.assessment.cycle)
    require_right(verdict)
    form = SettleForm(request.POST if request.method == "POST" else None, second=second)
    if form.is_valid():
        given = {name: form.cleaned_data[name] for name in ("choice", "points", "reason", "version")}
        try:
            settle_gap(answer=second.answer, actor=request.user, **given)
        except Conflict as refused:
            second = _mark_or_404(request, year, pk, disputed=True)
            typed = request.POST.copy()
            typed["version"] = second.answer.version
            form = SettleForm(typed, second=second)
            show_refusal(form, refused)
        except DomainError as refused:
            show_refusal(form, refused)
        else:
            messages.success(request, _("{unit}: decided.").format(unit=second.answer.assessment.unit.label))
            return redirect("marking", year=year)
    answer, leaf = second.answer, second.answer.criterion.leaf
    context = {"cycle": answer.assessment.cycle, "second": second, "answer": answer, "form": form}
    context |= {"verdict": verdict}
    context |= {"declared": said_claim(answer), "second_values": said_values(leaf, second.values or {})}
    context |= {"first_values": said_values(leaf, answer.correction.values) if answer.correction else ""}
    return render(request, "marking/gap.html", context, status=status_of(form))


@marking_page
@require_http_methods(["GET", "HEAD", "POST"])
def marking_release(request: HttpRequest, year: int, pk: int) -> HttpResponse:
    second = _mark_or_404(request, year, pk)
    cycle = second.answer.assessment.cycle
    require_right(can_release(request.user, second, cycle))
    form = ReleaseForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        with refusals_in(form):
            release_second_mark(second=second, reason=form.cleaned_data["reason"], actor=request.user)
            messages.success(request, _("The line goes on with one mark."))
            return redirect("marking", year=year)
    context = {"cycle": cycle, "second": second, "form": form}
    return render(request, "marking/release.html", context, status=status_of(form))


@door(can_oversee)
@require_GET
def marking_file(request: HttpRequest, year: int) -> HttpResponse:
    """Draws, agreement by criterion and person, and every line with two marks, as a workbook for the minutes."""
    cycle = cycle_or_404(year)
    from scoring.marking.exports import marking_workbook  # noqa: PLC0415 - loads openpyxl, 150 ms

    both = [one for one in marks_of(request.user, cycle) if one.saved_at and one.answer.line_state != "open"]
    data = marking_workbook(cycle, draws_of(cycle), agreement_of(request.user, cycle), both, clock.now())
    response = HttpResponse(data, content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="tham-dinh-hai-luot-{year}.xlsx"'
    response["Cache-Control"] = "private, no-store"
    return response
