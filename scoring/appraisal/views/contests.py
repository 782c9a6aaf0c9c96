"""Explanations: the queue, and one of them decided."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core import clock
from core.forms import read_query, refusals_in, status_of
from scoring.appraisal import filters
from scoring.appraisal.council import enter_council_decision, refer_to_council
from scoring.appraisal.explanations import decide_explanation
from scoring.appraisal.forms import CouncilForm, DecisionForm, ReferForm
from scoring.appraisal.permissions import can_decide_explanation, can_enter_council, can_refer
from scoring.appraisal.selectors.contests import (
    contest_page,
    contests,
    explanations_for,
    may_settle,
    upheld_in_part,
)
from scoring.appraisal.selectors.line import Proposal
from scoring.appraisal.selectors.progress import cycle_at_desk
from scoring.appraisal.views.access import desk_page, require_right
from scoring.appraisal.views.desk import reads_all
from scoring.enums import ExplanationState
from scoring.models import Explanation

PREVIEW = "preview"
Act = Callable[..., Explanation]


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
    one = contest_or_404(request, pk)
    if request.method != "POST":
        form_of = CouncilForm if one.state == ExplanationState.REFERRED else DecisionForm
        return page(request, one, form_of(answer=one.answer))
    require_right(can_decide_explanation(request.user, one, one.answer.assessment.cycle))
    return settled(request, one, DecisionForm(request.POST, answer=one.answer), decide_explanation)


@desk_page
@require_POST
def council(request: HttpRequest, pk: int) -> HttpResponse:
    """What the appraisal council decided is entered."""
    one = contest_or_404(request, pk)
    require_right(can_enter_council(request.user, one, one.answer.assessment.cycle))
    return settled(request, one, CouncilForm(request.POST, answer=one.answer), enter_council_decision)


@desk_page
@require_POST
def refer(request: HttpRequest, pk: int) -> HttpResponse:
    one = contest_or_404(request, pk)
    require_right(can_refer(request.user, one, one.answer.assessment.cycle))
    form = ReferForm(request.POST)
    if form.is_valid():
        with refusals_in(form):
            refer_to_council(explanation=one, reason=form.cleaned_data["reason"], actor=request.user)
    if form.errors:
        return page(request, one, DecisionForm(answer=one.answer), refer_form=form)
    messages.success(request, _("Referred to the appraisal council."))
    return redirect("explanation", pk=one.pk)


def contest_or_404(request: HttpRequest, pk: int) -> Explanation:
    return get_object_or_404(explanations_for(request.user), pk=pk)


def settled(request: HttpRequest, one: Explanation, form: DecisionForm, act: Act) -> HttpResponse:
    """The decision is written, or only reckoned; what is refused stands in the form."""
    partly = None
    if form.is_valid() and request.POST.get("act") == PREVIEW:
        with refusals_in(form):
            partly = upheld_in_part(one, form.raw)
    elif form.is_valid():
        with refusals_in(form):
            act(explanation=one, raw=form.raw, actor=request.user, **form.decision)
        if not form.errors:
            messages.success(request, _("{unit}: decided.").format(unit=one.answer.assessment.unit.label))
            return redirect("explanations")
    return page(request, one, form, partly=partly)


def page(
    request: HttpRequest,
    one: Explanation,
    form: DecisionForm,
    *,
    refer_form: ReferForm | None = None,
    partly: Proposal | None = None,
) -> HttpResponse:
    context = {"explanation": one, "answer": one.answer, "criterion": one.answer.criterion, "form": form}
    context |= {
        "page": contest_page(one),
        "partly": partly,
        "now": clock.now(),
        "refer_form": refer_form or ReferForm(),
    }
    context |= {"verdict": may_settle(request.user, one), "is_council": isinstance(form, CouncilForm)}
    context |= {"may_refer": can_refer(request.user, one, one.answer.assessment.cycle)}
    return render(request, "appraisal/explanation.html", context, status=status_of(refer_form or form))
