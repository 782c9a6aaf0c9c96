"""The lead's review: a decided line given back with a note, a criterion marked as reviewed."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from core.forms import refusals_in, status_of
from scoring.appraisal.forms import ReopenForm
from scoring.appraisal.permissions import can_reopen
from scoring.appraisal.reviewing import reopen_line, review_criterion
from scoring.appraisal.views.access import desk_page, require_right
from scoring.appraisal.views.desk import cycle_or_404
from scoring.appraisal.views.line import line_or_404
from scoring.models import Criterion


@desk_page
@require_http_methods(["GET", "HEAD", "POST"])
def reopen(request: HttpRequest, pk: int) -> HttpResponse:
    answer = line_or_404(request, pk)
    verdict = can_reopen(request.user, answer, answer.assessment.cycle)
    require_right(verdict)
    sent = request.method == "POST"
    form = ReopenForm(request.POST if sent else None, initial={"version": answer.version})
    if form.is_valid():
        with refusals_in(form):
            reopen_line(answer=answer, actor=request.user, **form.cleaned_data)
        if not form.errors:
            messages.success(request, _("The line is open again, with your note."))
            return redirect("appraisal_line", pk=answer.pk)
    context = {"answer": answer, "criterion": answer.criterion, "form": form, "verdict": verdict}
    return render(request, "appraisal/reopen.html", context, status=status_of(form))


@desk_page
@require_POST
def review(request: HttpRequest, year: int, pk: int) -> HttpResponse:
    cycle = cycle_or_404(year)
    criterion = get_object_or_404(Criterion, pk=pk, criteria_set__in=cycle.groups.values("criteria_set"))
    review_criterion(cycle=cycle, criterion=criterion, actor=request.user)
    messages.success(request, _("{criterion} is marked as reviewed.").format(criterion=criterion.code))
    return redirect("appraisal_criterion", year=year, pk=pk)
