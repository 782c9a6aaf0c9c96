"""Explanations: the queue, and one of them decided."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from core import clock
from core.forms import read_query, refusals_in, status_of
from scoring.appraisal import filters
from scoring.appraisal.explanations import decide_explanation
from scoring.appraisal.forms import DecisionForm
from scoring.appraisal.permissions import can_decide_explanation
from scoring.appraisal.selectors.contests import contest_page, contests, explanations_for, upheld_in_part
from scoring.appraisal.selectors.progress import cycle_at_desk
from scoring.appraisal.views.access import desk_page, require_right
from scoring.appraisal.views.desk import reads_all
from scoring.enums import ExplanationAction
from scoring.models import Explanation

PREVIEW = "preview"


@desk_page
@require_safe
def explanations(request: HttpRequest) -> HttpResponse:
    cycle = cycle_at_desk()
    if cycle is None:
        return render(request, "appraisal/no_cycle.html")
    form = filters.ExplanationsFilter(request.GET, cycle=cycle)
    chosen = read_query(form)
    found = contests(request.user, cycle, state=chosen["state"], group=form.group_chosen)
    context = {"cycle": cycle, "form": form, "contests": found, "state": chosen["state"], "now": clock.now()}
    context |= {"reads_all": reads_all(request.user)}
    return render(request, "appraisal/explanations.html", context)


@desk_page
@require_http_methods(["GET", "HEAD", "POST"])
def explanation(request: HttpRequest, pk: int) -> HttpResponse:
    one = get_object_or_404(explanations_for(request.user), pk=pk)
    verdict = can_decide_explanation(request.user, one, one.answer.assessment.cycle)
    form = DecisionForm(request.POST if request.method == "POST" else None, answer=one.answer)
    partly = None
    if request.method == "POST":
        require_right(verdict)
        if form.is_valid() and request.POST.get("act") == PREVIEW:
            with refusals_in(form):
                partly = upheld_in_part(one, form.raw)
        elif form.is_valid() and decided(form, one, request):
            return redirect("explanations")
    context = {"explanation": one, "answer": one.answer, "criterion": one.answer.criterion, "verdict": verdict}
    context |= {"page": contest_page(one), "form": form, "partly": partly, "now": clock.now()}
    return render(request, "appraisal/explanation.html", context, status=status_of(form))


def decided(form: DecisionForm, one: Explanation, request: HttpRequest) -> bool:
    """Whether the decision was written; a refusal stands in the form."""
    data = form.cleaned_data
    action = ExplanationAction(data["action"])
    with refusals_in(form):
        decide_explanation(explanation=one, action=action, raw=form.raw, reason=data["reason"], actor=request.user)
    if form.errors:
        return False
    messages.success(request, _("{unit}: decided.").format(unit=one.answer.assessment.unit.label))
    return True
