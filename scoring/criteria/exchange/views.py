"""Files of criteria sets: out as a workbook, in through a dry run that says everything and a confirmation."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core import clock, kept
from core.errors import Malformed, TooLarge
from core.forms import refusals_in, status_of
from core.public_pages import public_page
from scoring.criteria.comparing.selectors import complete, readable_or_404
from scoring.criteria.desk.views.access import for_builders
from scoring.criteria.exchange.checking import Report, check_file
from scoring.criteria.exchange.files import workbook_response
from scoring.criteria.exchange.forms import Confirmation, SetUpload
from scoring.criteria.exchange.services import take_in
from scoring.criteria.workbook.reading import LIMITS

DESK, FAULTS = "criteria-import", "criteria-faults"
MAX_SAID = 200


@public_page
def criteria_set_workbook(request: HttpRequest, code: str, year: int) -> HttpResponse:
    """The set as an office reads, prints and edits it."""
    from scoring.criteria.workbook.writing import set_workbook  # noqa: PLC0415 - loads openpyxl, 150 ms

    data = set_workbook(complete(readable_or_404(request.user, code, year)), lang=get_language() or "vi")
    return workbook_response(data, f"criteria-set-{code}-{year}.xlsx")


@require_http_methods(["GET", "POST"])
@for_builders
def set_import(request: HttpRequest) -> HttpResponse:
    """The dry run answers the upload itself: it changes nothing, so there is nothing to redirect from."""
    form = SetUpload(request.POST, request.FILES) if request.method == "POST" else SetUpload()
    if form.is_bound and form.is_valid():
        with refusals_in(form):
            data = form.cleaned_data["file"].read()
            report = check_file(data)
            if not report.faults:
                kept.keep(data, request.user, DESK, report.sha256)
            return _report(request, report)
    if getattr(request, "too_large", False):  # the file was thrown away while it came in (core.uploads)
        raise TooLarge(_("The file is larger than {limit} MB.").format(limit=LIMITS.bytes // 2**20))
    return render(request, "criteria/import.html", {"form": form}, status=status_of(form))


def _report(request: HttpRequest, report: Report) -> HttpResponse:
    definition = report.definition
    if report.faults:
        kept.keep(report.faults, request.user, FAULTS, report.sha256)
    context = {
        "report": report,
        "shown": report.faults[:MAX_SAID],
        "counts": (len(definition.nodes) - 1, len(definition.leaves), len(definition.adjustments))
        if definition
        else (),
        "confirm": Confirmation(initial={"sha256": report.sha256, "replaces": report.replaces}),
    }
    return render(request, "criteria/import_report.html", context, status=422 if report.faults else 200)


@require_safe
@for_builders
def set_import_faults(request: HttpRequest, sha256: str) -> HttpResponse:
    """All that is wrong with the file that this person had checked, as a workbook."""
    from scoring.criteria.exchange.exports import faults_workbook  # noqa: PLC0415 - loads openpyxl, 150 ms

    faults = kept.look(request.user, FAULTS, sha256)
    if faults is None:
        raise Http404
    return workbook_response(faults_workbook(faults, clock.now()), "kiem-tra-bo-tieu-chi.xlsx")


@require_POST
@for_builders
def set_import_confirm(request: HttpRequest) -> HttpResponse:
    """Whoever takes the waiting file away first does the import; everybody later is told that it is done."""
    form = Confirmation(request.POST)
    if not form.is_valid():
        raise Malformed(_("Check the file again."))
    sha256 = form.cleaned_data["sha256"]
    report = check_file(kept.take(request.user, DESK, sha256))
    if report.faults:  # the set was published since the check
        return _report(request, report)
    made = take_in(
        definition=report.definition, replaces=form.cleaned_data["replaces"], sha256=sha256, actor=request.user
    )
    said = (
        _("The draft {name} is replaced by the file.")
        if report.replaced
        else _("The draft {name} is made from the file.")
    )
    messages.success(request, said.format(name=made))
    return redirect("set_build", made.pk)
