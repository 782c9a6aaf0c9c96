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
from scoring.filing.views.taking import require_size


@login_required
@require_safe
def provisional(request: HttpRequest, pk: int) -> HttpResponse:
    assessment = get_object_or_404(own_assessments(request.user), pk=pk)
    result_is_shown(assessment.cycle).require()
    now = clock.now()
    result = result_of(request.user, assessment, now)
    context = {"assessment": assessment, "cycle": assessment.cycle, "result": result, "now": now}
    context |= {"standing": result.standing}
    context |= {"form": ExplanationForm(words=assessment.cycle.explanation_words)}
    return render(request, "appraisal/provisional.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def explain(request: HttpRequest, pk: int) -> HttpResponse:
    answer = get_object_or_404(own_answers(request.user), pk=pk)
    result_is_shown(answer.assessment.cycle).require()
    cycle, sent = answer.assessment.cycle, request.method == "POST"
    data = (request.POST, request.FILES) if sent else ()
    form = ExplanationForm(*data, words=cycle.explanation_words)
    verdict = can_explain(request.user, answer, cycle, clock.now())
    if sent:
        require_right(verdict)
    if form.is_valid():
        with refusals_in(form):
            require_size(request)
            given = form.cleaned_data
            file_explanation(answer=answer, grounds=given["grounds"], files=given["file"], actor=request.user)
        if not form.errors:
            messages.success(request, _("Explanation filed. The decision will stand beside the line."))
            return redirect("provisional", pk=answer.assessment_id)
    line = result_line(request.user, answer, shown_row(answer.assessment), clock.now())
    context = {"line": line, "answer": answer, "verdict": verdict, "assessment": answer.assessment, "form": form}
    return render(request, "appraisal/explain.html", context, status=status_of(form))
