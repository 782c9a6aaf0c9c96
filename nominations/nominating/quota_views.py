"""The places of a year and their standard: one table, one form per line."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from core.errors import Conflict
from core.forms import read_query, refusals_in, status_of
from nominations.enums import AwardForm, Subject
from nominations.nominating.forms import QuotaForm, QuotaYear
from nominations.nominating.permissions import can_see_quotas, can_set_quota
from nominations.nominating.places import QuotaLine, quota_cycle, quota_lines, quota_years
from nominations.nominating.quotas import set_quota
from nominations.nominating.selectors import cycle_grades
from nominations.tabs import tabs_of
from scoring.models import Cycle


@login_required
@require_safe
def quotas(request: HttpRequest) -> HttpResponse:
    can_see_quotas(request.user).require()
    form = QuotaYear(request.GET, years=quota_years())
    cycle = quota_cycle(read_query(form)["year"])
    lines = quota_lines(cycle) if cycle else []
    context = {
        "tabs": tabs_of(request.user, "quotas"),
        "form": form,
        "cycle": cycle,
        "lines": lines,
        "is_set": any(line.quota for line in lines),
        "may_set": can_set_quota(request.user, cycle),
    }
    return render(request, "nominations/quotas.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def quota_edit(request: HttpRequest, year: int, award: str, subject: str) -> HttpResponse:
    can_see_quotas(request.user).require()
    cycle = get_object_or_404(Cycle.objects.select_related("movement"), year=year)
    line = _line(cycle, award, subject)
    can_set_quota(request.user, cycle).require()
    data = request.POST if request.method == "POST" else None
    form = QuotaForm(data, initial=QuotaForm.initial_of(line.quota), grades=cycle_grades(cycle))
    if request.method == "POST" and form.is_valid():
        with refusals_in(form):
            _save(request, cycle, line, form)
            messages.success(request, _("The quota is set."))
            return redirect(f"{reverse('quotas')}?year={cycle.year}")
    context = {"form": form, "cycle": cycle, "line": _line(cycle, award, subject)}
    return render(request, "nominations/quota_edit.html", context, status=status_of(form))


def _line(cycle: Cycle, award: str, subject: str) -> QuotaLine:
    if award not in AwardForm or subject not in Subject:
        raise Http404
    return next(line for line in quota_lines(cycle) if (line.form, line.subject) == (award, subject))


def _save(request: HttpRequest, cycle: Cycle, line: QuotaLine, form: QuotaForm) -> None:
    """Where somebody else was first the form counts as written against what is saved now, which stands beside it."""
    try:
        set_quota(
            cycle=cycle,
            form=line.form,
            subject=line.subject,
            places=form.places(),
            version=form.cleaned_data["version"],
            actor=request.user,
        )
    except Conflict:
        form.data = form.data.copy()
        current = _line(cycle, line.form, line.subject).quota
        form.data["version"] = str(current.version if current else 0)
        raise
