"""Flags about evidence: all of a year, as a workbook, one of them with what may be done about it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core import clock
from core.forms import read_query, refusals_in, status_of
from core.paging import page_of
from scoring.appraisal.permissions import READS_ALL_CRITERIA
from scoring.appraisal.views.access import desk_page, require_right
from scoring.appraisal.views.desk import cycle_or_404
from scoring.filing.views.access import possible_id
from scoring.models import Cycle, EvidenceFlag
from scoring.twins.finding import last_search
from scoring.twins.forms import SetAsideForm, TwinsFilter
from scoring.twins.permissions import can_judge
from scoring.twins.selectors import flags_for, seen
from scoring.twins.services import put_back as put_flag_back
from scoring.twins.services import set_aside

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MOST_PRINTED = 5000


def _asked(request: HttpRequest, cycle: Cycle) -> TwinsFilter:
    form = TwinsFilter(request.GET, flags=flags_for(request.user, cycle))
    read_query(form)
    return form


@desk_page
@require_safe
def twins(request: HttpRequest, year: int) -> HttpResponse:
    cycle = cycle_or_404(year)
    form = _asked(request, cycle)
    page = page_of(form.found, request.GET.get("page"))
    context = {"cycle": cycle, "form": form, "page": page, "rows": [seen(flag) for flag in page]}
    context |= {"reads_all": request.user.has_role(*READS_ALL_CRITERIA), "search": last_search(cycle)}
    return render(request, "twins/list.html", context | {"query": request.GET.urlencode()})


@desk_page
@require_safe
def twins_file(request: HttpRequest, year: int) -> HttpResponse:
    """What the list shows with these filters, all its pages."""
    cycle = cycle_or_404(year)
    form = _asked(request, cycle)
    from scoring.twins.exports import twins_workbook  # noqa: PLC0415 - loads openpyxl, 150 ms

    rows = [seen(flag) for flag in form.found[:MOST_PRINTED]]
    response = HttpResponse(twins_workbook(cycle, rows, clock.now()), content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="tai-lieu-trung-{year}.xlsx"'
    response["Cache-Control"] = "private, no-store"
    return response


def _flag_or_404(request: HttpRequest, pk: int) -> EvidenceFlag:
    return get_object_or_404(EvidenceFlag.objects.visible_to(request.user).with_places(), pk=possible_id(pk))


@desk_page
@require_http_methods(["GET", "HEAD", "POST"])
def twin(request: HttpRequest, pk: int) -> HttpResponse:
    """One flag with both places; POST sets it aside."""
    flag = _flag_or_404(request, pk)
    verdict = can_judge(request.user, flag, flag.cycle)
    form = SetAsideForm(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        require_right(verdict)
    if form.is_valid():
        with refusals_in(form):
            set_aside(flag=flag, reason=form.cleaned_data["reason"], actor=request.user)
            messages.success(request, _("Set aside: it is not shown beside the lines any more."))
            return redirect("twins", year=flag.cycle.year)
    one = seen(flag)
    context = {"cycle": flag.cycle, "flag": flag, "form": form, "verdict": verdict}
    context |= {"sides": [side for side in (one.here, one.there) if side]}
    return render(request, "twins/one.html", context, status=status_of(form))


@desk_page
@require_POST
def put_back(request: HttpRequest, pk: int) -> HttpResponse:
    flag = put_flag_back(flag=_flag_or_404(request, pk), actor=request.user)
    messages.success(request, _("It is shown beside the lines again."))
    return redirect("twin", pk=flag.pk)
