"""Bring in a criterion's figures from a workbook: template, dry run, confirmation. And the unit's word against one."""

import hashlib

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.forms import ConfirmForm
from core import kept
from core.errors import Malformed, TooLarge
from core.forms import refusals_in, status_of
from scoring.appraisal.value_words import said_claim
from scoring.appraisal.views.access import desk_page, require_right
from scoring.filing.views.access import line_or_404
from scoring.filing.views.form import line_address
from scoring.measured.forms import ContestForm, ValuesForm
from scoring.measured.judging import Row, judged, lines_by_unit
from scoring.measured.permissions import MEASURED, can_contest_values, can_import_values
from scoring.measured.services import contest_values, import_values
from scoring.measured.sheet import LIMITS, headings, read_values
from scoring.models import Criterion, Cycle

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DESK = "values-import"
MAX_SAID, MAX_SHOWN = 200, 100


def _asked(year: int, pk: int) -> tuple[Cycle, Criterion]:
    """A measured criterion of that year's sets; any other has no such page."""
    cycle = get_object_or_404(Cycle, year=year)
    related = Criterion.objects.select_related("criteria_set", "pillar", "responsible")
    criterion = get_object_or_404(related, pk=pk, criteria_set__in=cycle.groups.values("criteria_set"))
    if criterion.leaf.source_kind not in MEASURED:
        raise Http404
    return cycle, criterion


@desk_page
@require_safe
def values_template(request: HttpRequest, year: int, pk: int) -> HttpResponse:
    cycle, criterion = _asked(year, pk)
    require_right(can_import_values(request.user, criterion, cycle))
    from scoring.measured.exports import values_template  # noqa: PLC0415 - loads openpyxl, 150 ms

    data = values_template(criterion, lines_by_unit(cycle, criterion, request.user))
    name = f"so-lieu-{criterion.code}-{year}.xlsx".replace("/", "-")
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(data, content_type=MEDIA_TYPE, headers=headers)


@desk_page
@require_http_methods(["GET", "HEAD", "POST"])
def values_import(request: HttpRequest, year: int, pk: int) -> HttpResponse:
    """The dry run answers the upload itself: it changes nothing, so there is nothing to redirect from."""
    cycle, criterion = _asked(year, pk)
    verdict = can_import_values(request.user, criterion, cycle)
    if request.method == "POST":
        require_right(verdict)
        if getattr(request, "too_large", False):  # the file was thrown away while it came in (core.uploads)
            raise _too_large()
    form = ValuesForm(request.POST, request.FILES) if request.method == "POST" else ValuesForm()
    if form.is_bound and form.is_valid():
        with refusals_in(form):
            return _checked(request, cycle, criterion, form)
    imports = criterion.value_imports.filter(cycle=cycle).select_related("imported_by")[:5]
    context = {"cycle": cycle, "criterion": criterion, "form": form, "verdict": verdict, "imports": imports}
    context["headings"] = headings(criterion)
    return render(request, "measured/import.html", context, status=status_of(form))


def _too_large() -> TooLarge:
    return TooLarge(_("The workbook is larger than {limit} MB.").format(limit=LIMITS.bytes // 2**20))


def _checked(request: HttpRequest, cycle: Cycle, criterion: Criterion, form: ValuesForm) -> HttpResponse:
    """Judge the file; a sound one waits for its confirmation with what was typed beside it."""
    given = form.cleaned_data
    if given["sheet"].size > LIMITS.bytes:
        raise _too_large()
    data = given["sheet"].read()
    rows = judged(read_values(data, criterion), lines_by_unit(cycle, criterion, request.user), request.user)
    sha256 = hashlib.sha256(data).hexdigest()
    if rows and not any(row.faults for row in rows):
        waiting = {"data": data, "origin": given["origin"], "measured_on": given["measured_on"]}
        kept.keep(waiting, request.user, DESK, cycle.pk, criterion.pk, sha256)
    return _report(request, cycle, criterion, rows, ConfirmForm(initial={"sha256": sha256}))


def _report(
    request: HttpRequest, cycle: Cycle, criterion: Criterion, rows: list[Row], confirm: ConfirmForm
) -> HttpResponse:
    faulty, fresh = [row for row in rows if row.faults], [row for row in rows if row.is_new and not row.faults]
    context = {
        "cycle": cycle,
        "criterion": criterion,
        "rows": rows,
        "faulty": faulty[:MAX_SAID],
        "faulty_count": len(faulty),
        "fresh": fresh[:MAX_SHOWN],
        "fresh_count": len(fresh),
        "confirm": confirm,
    }
    return render(request, "measured/report.html", context, status=422 if faulty or not rows else 200)


@desk_page
@require_POST
def values_confirm(request: HttpRequest, year: int, pk: int) -> HttpResponse:
    """Whoever takes the waiting file away first brings it in; everybody later is told that it is done."""
    cycle, criterion = _asked(year, pk)
    form = ConfirmForm(request.POST)
    require_right(can_import_values(request.user, criterion, cycle))
    if not form.is_valid():
        raise Malformed(_("Check the file again."))
    sha256 = form.cleaned_data["sha256"]
    waiting = kept.take(request.user, DESK, cycle.pk, criterion.pk, sha256)
    given = read_values(waiting["data"], criterion)
    rows = judged(given, lines_by_unit(cycle, criterion, request.user), request.user)
    if any(row.faults for row in rows):  # a line was decided since the check
        return _report(request, cycle, criterion, rows, form)
    source = {"origin": waiting["origin"], "measured_on": waiting["measured_on"]}
    count = import_values(
        cycle=cycle, criterion=criterion, given=given, **source, actor=request.user, file_sha256=sha256
    )
    said = ngettext("{n} unit has new figures.", "{n} units have new figures.", count)
    messages.success(request, said.format(n=count))
    return redirect("values_import", year=year, pk=pk)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def values_contest(request: HttpRequest, pk: int) -> HttpResponse:
    """What the unit holds against a figure that it cannot edit."""
    answer = line_or_404(request.user, pk)
    if answer.criterion.leaf.source_kind not in MEASURED:
        raise Http404
    verdict = can_contest_values(request.user, answer, answer.assessment.cycle)
    sent = request.method == "POST"
    if sent:
        require_right(verdict)
    initial = {"grounds": answer.explanation, "version": answer.version}
    form = ContestForm(request.POST if sent else None, initial=initial)
    if sent and form.is_valid():
        with refusals_in(form):
            contest_values(answer=answer, **form.cleaned_data, actor=request.user)
            messages.success(
                request, _("The appraiser reads it beside the line {code}.").format(code=answer.criterion.code)
            )
            return redirect(line_address(answer))
    context = {"answer": answer, "form": form, "verdict": verdict, "back_url": line_address(answer)}
    context["figures"] = said_claim(answer)
    return render(request, "measured/contest.html", context, status=status_of(form))
