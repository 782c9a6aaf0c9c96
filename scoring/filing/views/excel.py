"""The form as a workbook: hand it out, check one that comes back, take it in."""

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from core import clock
from core.errors import Malformed, TooLarge
from core.forms import refusals_in, status_of
from scoring.filing.checks import lines_of, lines_shown
from scoring.filing.excel.checking import Check, check_file
from scoring.filing.excel.columns import LIMITS
from scoring.filing.excel.keeping import keep, kept_report, take
from scoring.filing.excel.services import take_form
from scoring.filing.forms import ConfirmFileForm, FilledForm
from scoring.filing.frame import desk_frame
from scoring.filing.permissions import can_edit
from scoring.filing.selectors import last_year
from scoring.filing.views.access import assessment_or_404
from scoring.models import Assessment

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MOST_SAID = 200


def _page(request: HttpRequest, form: Assessment, sent: forms.Form) -> HttpResponse:
    context = desk_frame(request.user, form) | {"form": sent, "megabytes": LIMITS.bytes // 2**20}
    return render(request, "filing/excel.html", context, status=status_of(sent))


@login_required
@require_safe
def assessment_excel(request: HttpRequest, pk: int) -> HttpResponse:
    """What can be done with a workbook, step by step."""
    return _page(request, assessment_or_404(request.user, pk), FilledForm())


@login_required
@require_safe
def assessment_excel_form(request: HttpRequest, pk: int) -> HttpResponse:
    """The form of the unit as it stands."""
    from scoring.filing.excel.writing import form_workbook  # noqa: PLC0415 - loads openpyxl, 150 ms

    form = assessment_or_404(request.user, pk)
    data = form_workbook(form, lines_shown(request.user, form), last_year(form), clock.now())
    return _workbook(data, f"tu-danh-gia-{form.cycle.year}-{form.unit.code}.xlsx")


def _workbook(data: bytes, name: str) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "private, no-store"}
    return HttpResponse(data, content_type=MEDIA_TYPE, headers=headers)


@login_required
@require_POST
def assessment_excel_check(request: HttpRequest, pk: int) -> HttpResponse:
    """The dry run answers the upload itself: it changes nothing, so there is nothing to redirect from."""
    form = assessment_or_404(request.user, pk)
    can_edit(request.user, form, form.cycle, clock.now()).require()
    if getattr(request, "too_large", False):  # the file was thrown away while it came in (core.uploads)
        raise _too_large()
    sent = FilledForm(request.POST, request.FILES)
    if sent.is_valid():
        with refusals_in(sent):
            return _report(request, form, _checked(form, sent.cleaned_data["sheet"]))
    return _page(request, form, sent)


def _too_large() -> TooLarge:
    return TooLarge(_("The workbook is larger than {limit} MB.").format(limit=LIMITS.bytes // 2**20))


def _checked(form: Assessment, sheet: UploadedFile) -> Check:
    if sheet.size > LIMITS.bytes:
        raise _too_large()
    return check_file(sheet.read(), form, lines_of([form]))


def _report(request: HttpRequest, form: Assessment, check: Check) -> HttpResponse:
    keep(check, request.user, form.pk)
    context = desk_frame(request.user, form) | {
        "check": check,
        "faults": check.faults[:MOST_SAID],
        "confirm": ConfirmFileForm(initial={"sha256": check.sha256}),
    }
    return render(request, "filing/excel_check.html", context, status=422 if check.faults else 200)


@login_required
@require_POST
def assessment_excel_confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """Whoever takes the waiting lines away first writes them; everybody later is told that it is done.

    Lines that somebody saved since the check are named on a page of their own: nobody should miss that.
    """
    form = assessment_or_404(request.user, pk)
    can_edit(request.user, form, form.cycle, clock.now()).require()
    sent = ConfirmFileForm(request.POST)
    if not sent.is_valid():
        raise Malformed(_("Check the file again."))
    sha256 = sent.cleaned_data["sha256"]
    typed = take(request.user, pk, sha256)
    written = take_form(assessment=form, typed=typed, sha256=sha256, actor=request.user)
    if written.stale:
        context = desk_frame(request.user, form) | {"written": written}
        return render(request, "filing/excel_done.html", context)
    count = len(written.changed)
    said = ngettext("{n} line was written from the workbook.", "{n} lines were written from the workbook.", count)
    messages.info(request, said.format(n=count))
    return redirect("assessment", pk)


@login_required
@require_safe
def assessment_excel_report(request: HttpRequest, pk: int, sha256: str) -> HttpResponse:
    """The last dry run of a file as a workbook, for the person who had it made."""
    from scoring.filing.excel.report import report_workbook  # noqa: PLC0415 - loads openpyxl, 150 ms

    form = assessment_or_404(request.user, pk)
    rows = kept_report(request.user, form.pk, sha256)
    if rows is None:
        raise Http404
    title = _("Check of the workbook of {unit}, {year}").format(unit=form.unit, year=form.cycle.year)
    return _workbook(report_workbook(rows, title, clock.now()), f"kiem-tra-{form.cycle.year}-{form.unit.code}.xlsx")
