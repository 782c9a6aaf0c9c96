"""The register of conflicts of interest: read, declare, end, print."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from core import clock
from core.forms import refusals_in, status_of
from core.paging import page_of
from scoring.appraisal.selectors.progress import cycle_at_desk
from scoring.appraisal.views.access import desk_page, require_right
from scoring.appraisal.views.desk import cycle_or_404
from scoring.conflicts.forms import DeclareForm, SuperiorForm, WithdrawForm
from scoring.conflicts.permissions import can_declare, can_record_superior, can_withdraw
from scoring.conflicts.selectors import register_for
from scoring.conflicts.services import declare_conflict, record_superior, withdraw_conflict
from scoring.filing.views.access import possible_id
from scoring.models.assessment import READS_ALL

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@desk_page
@require_http_methods(["GET", "HEAD", "POST"])
def conflicts(request: HttpRequest, year: int) -> HttpResponse:
    """POST declares one."""
    cycle, user = cycle_or_404(year), request.user
    form = DeclareForm(request.POST if request.method == "POST" else None, user=user)
    verdict = can_declare(user, user)
    if request.method == "POST":
        require_right(verdict)
    if form.is_valid():
        data = form.cleaned_data
        with refusals_in(form):
            one = declare_conflict(**data | {"person": data.get("person") or user}, actor=user)
            said = _("{person}: the conflict of interest with {unit} is on record.")
            messages.success(request, said.format(person=one.person, unit=one.unit.label))
            return redirect("conflicts", year=year)
    page = page_of(register_for(user), request.GET.get("page"))
    context = {"cycle": cycle, "form": form, "page": page, "may_declare": verdict}
    context |= {"rows": [(one, can_withdraw(user, one)) for one in page], "reads_all": user.has_role(*READS_ALL)}
    context |= {"may_record_superior": can_record_superior(user)}
    return render(request, "conflicts/register.html", context, status=status_of(form))


@desk_page
@require_GET
def conflicts_file(request: HttpRequest, year: int) -> HttpResponse:
    """What the page shows the person, as a workbook to print."""
    cycle = cycle_or_404(year)
    from scoring.conflicts.exports import register_workbook  # noqa: PLC0415 - loads openpyxl, 150 ms

    response = HttpResponse(register_workbook(cycle, register_for(request.user), clock.now()), content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="xung-dot-loi-ich-{year}.xlsx"'
    response["Cache-Control"] = "private, no-store"
    return response


@desk_page
@require_http_methods(["GET", "HEAD", "POST"])
def conflict_superior(request: HttpRequest, year: int) -> HttpResponse:
    cycle = cycle_or_404(year)
    can_record_superior(request.user).require()
    form = SuperiorForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        with refusals_in(form):
            record_superior(**form.cleaned_data, actor=request.user)
            messages.success(request, _("The superior body is on record."))
            return redirect("conflicts", year=year)
    context = {"cycle": cycle, "form": form}
    return render(request, "conflicts/superior.html", context, status=status_of(form))


@desk_page
@require_http_methods(["GET", "HEAD", "POST"])
def conflict_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    one = get_object_or_404(register_for(request.user), pk=possible_id(pk))
    verdict, cycle = can_withdraw(request.user, one), cycle_at_desk()
    require_right(verdict)
    form = WithdrawForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        with refusals_in(form):
            withdraw_conflict(conflict=one, reason=form.cleaned_data["reason"], actor=request.user)
            messages.success(request, _("The conflict of interest is over; it stays on record."))
            return redirect("conflicts", year=cycle.year) if cycle else redirect("appraisal")
    context = {"one": one, "form": form, "verdict": verdict, "cycle": cycle}
    return render(request, "conflicts/withdraw.html", context, status=status_of(form))
