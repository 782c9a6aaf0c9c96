"""The appraiser's side: ask about one line, or withdraw the question."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from core import clock
from core.forms import refusals_in, status_of
from scoring.appraisal.value_words import said_claim
from scoring.appraisal.views.access import desk_page, require_right
from scoring.appraisal.views.line import line_or_404
from scoring.clarifying.forms import AskForm
from scoring.clarifying.permissions import can_ask
from scoring.clarifying.selectors import threads_of_line
from scoring.clarifying.services import ask_clarification, withdraw_clarification
from scoring.filing.views.access import possible_id
from scoring.marking.blind import is_blind
from scoring.models import Clarification


@desk_page
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest, pk: int) -> HttpResponse:
    answer = line_or_404(request, pk)
    cycle, now = answer.assessment.cycle, clock.now()
    verdict = can_ask(request.user, answer, cycle, now)
    initial = {"version": answer.version, "due_on": AskForm.proposed(cycle, clock.today())}
    form = AskForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST":
        require_right(verdict)
        with refusals_in(form):
            if form.is_valid():
                data = form.cleaned_data
                ask_clarification(
                    answer=answer,
                    question=data["question"],
                    due_at=form.end(cycle),
                    version=data["version"],
                    actor=request.user,
                )
                messages.success(request, _("The question is with {unit}.").format(unit=answer.assessment.unit.label))
                return redirect("appraisal_line", pk)
    context = {"answer": answer, "criterion": answer.criterion, "cycle": cycle, "now": now, "form": form}
    context |= {"verdict": verdict, "declared": said_claim(answer), "questions": threads_of_line(answer)}
    context["names"] = not is_blind(request.user, answer)
    return render(request, "clarifying/ask.html", context, status=status_of(form))


@desk_page
@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    asked = get_object_or_404(
        Clarification.objects.visible_to(request.user).select_related(
            "answer__assessment", "answer__criterion__responsible"
        ),
        pk=possible_id(pk),
    )
    withdraw_clarification(asked=asked, actor=request.user)
    messages.success(request, _("The question is withdrawn."))
    return redirect("appraisal_line", asked.answer_id)
