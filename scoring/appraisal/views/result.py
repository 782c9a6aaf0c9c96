"""The unit's side: its own provisional result, and the head's explanation of a changed line."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from core import clock
from core.forms import refusals_in, status_of
from scoring.appraisal.explanations import file_explanation
from scoring.appraisal.forms import ExplanationForm
from scoring.appraisal.permissions import can_explain, result_is_shown
from scoring.appraisal.selectors.result import own_answers, own_assessments, result_line, result_of, shown_row
from scoring.appraisal.views.access import require_right


@login_required
@require_safe
def provisional(request: HttpRequest, pk: int) -> HttpResponse:
    assessment = get_object_or_404(own_assessments(request.user), pk=pk)
    result_is_shown(assessment.cycle).require()
    now = clock.now()
    result = result_of(request.user, assessment, now)
    context = {"assessment": assessment, "cycle": assessment.cycle, "result": result, "now": now}
    context |= {"standing": result.standing}
    context |= {"form": ExplanationForm()}
    return render(request, "appraisal/provisional.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def explain(request: HttpRequest, pk: int) -> HttpResponse:
    answer = get_object_or_404(own_answers(request.user), pk=pk)
    result_is_shown(answer.assessment.cycle).require()
    form = ExplanationForm(request.POST if request.method == "POST" else None)
    verdict = can_explain(request.user, answer, answer.assessment.cycle, clock.now())
    if request.method == "POST":
        require_right(verdict)
    if form.is_valid():
        with refusals_in(form):
            file_explanation(answer=answer, grounds=form.cleaned_data["grounds"], actor=request.user)
        if not form.errors:
            messages.success(request, _("Explanation filed. The decision will stand beside the line."))
            return redirect("provisional", pk=answer.assessment_id)
    line = result_line(request.user, answer, shown_row(answer.assessment), clock.now())
    context = {"line": line, "answer": answer, "verdict": verdict, "assessment": answer.assessment, "form": form}
    return render(request, "appraisal/explain.html", context, status=status_of(form))
