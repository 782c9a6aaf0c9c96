"""One unit's form: accept many lines at once, or give the form back."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from core import clock
from core.errors import DomainError, NotAllowed
from core.forms import refusals_in, show_refusal, status_of
from scoring.appraisal.forms import AcceptForm, ReturnForm
from scoring.appraisal.permissions import can_return
from scoring.appraisal.selectors.queue import lines_of_unit, share_of
from scoring.appraisal.selectors.unit import pillars_of
from scoring.appraisal.services import accept_lines, return_assessment
from scoring.appraisal.views.access import desk_page, require_right
from scoring.conflicts.permissions import has_no_conflict
from scoring.models import Assessment

_RELATED = ("unit", "group", "cycle", "criteria_set")


@desk_page
@require_http_methods(["GET", "HEAD", "POST"])
def unit(request: HttpRequest, pk: int) -> HttpResponse:
    assessment = get_object_or_404(Assessment.objects.visible_to(request.user).select_related(*_RELATED), pk=pk)
    form = AcceptForm(request.POST if request.method == "POST" else None, assessment=assessment)
    if request.method == "POST" and form.is_valid():
        try:
            count = accept_lines(assessment=assessment, answers=form.cleaned_data["lines"], actor=request.user)
        except NotAllowed:  # another agency's line or the own unit: nothing on this page can mend it
            raise
        except DomainError as refused:
            show_refusal(form, refused)
            assessment.refresh_from_db()
        else:
            messages.success(request, ngettext("{n} line accepted.", "{n} lines accepted.", count).format(n=count))
            return redirect("appraisal_unit", pk=pk)
    lines = lines_of_unit(request.user, assessment)
    context = {"assessment": assessment, "cycle": assessment.cycle, "form": form, "now": clock.now()}
    context |= {"pillars": pillars_of(lines, ticked=form.ticked), "own": has_no_conflict(request.user, assessment)}
    context |= {"may_return": can_return(request.user, assessment, assessment.cycle, clock.now())}
    context |= {"return_form": ReturnForm(), "share": share_of(lines)}
    context |= {"acceptable": any(line.can_be_ticked for line in lines)}
    return render(request, "appraisal/unit.html", context, status=status_of(form))


@desk_page
@require_http_methods(["GET", "HEAD", "POST"])
def give_back(request: HttpRequest, pk: int) -> HttpResponse:
    assessment = get_object_or_404(Assessment.objects.visible_to(request.user).select_related(*_RELATED), pk=pk)
    form = ReturnForm(request.POST if request.method == "POST" else None)
    verdict = can_return(request.user, assessment, assessment.cycle, clock.now())
    if request.method == "POST":
        require_right(verdict)
    if form.is_valid():
        with refusals_in(form):
            return_assessment(assessment=assessment, reason=form.cleaned_data["reason"], actor=request.user)
        if not form.errors:
            messages.success(request, _("{unit}: the form is back with the unit.").format(unit=assessment.unit.label))
            return redirect("appraisal_progress", year=assessment.cycle.year)
    context = {"assessment": assessment, "form": form, "may_return": verdict}
    return render(request, "appraisal/return.html", context, status=status_of(form))
