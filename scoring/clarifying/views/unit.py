"""The unit's side: one question, what the line says now, and the answer."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from core.forms import refusals_in, status_of
from scoring.appraisal.value_words import said_claim
from scoring.clarifying.forms import AnswerForm
from scoring.clarifying.permissions import can_answer
from scoring.clarifying.selectors import threads_of_line
from scoring.clarifying.services import answer_clarification
from scoring.filing.frame import desk_frame
from scoring.filing.views.access import line_or_404, possible_id
from scoring.filing.views.form import line_address
from scoring.models import Clarification


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def clarification(request: HttpRequest, pk: int) -> HttpResponse:
    asked = get_object_or_404(Clarification.objects.visible_to(request.user), pk=possible_id(pk))
    asked.answer = line_or_404(request.user, asked.answer_id)
    answer, form = asked.answer, AnswerForm(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        with refusals_in(form):
            if form.is_valid():
                answer_clarification(asked=asked, reply=form.cleaned_data["reply"], actor=request.user)
                messages.success(request, _("The answer is with the appraiser; the line is locked again."))
                return redirect(line_address(answer))
    frame = desk_frame(request.user, answer.assessment)
    context = frame | {
        "answer": answer,
        "asked": asked,
        "form": form,
        "verdict": can_answer(request.user, asked, answer.assessment.cycle, frame["now"]),
        "declared": said_claim(answer),
        "files": list(answer.evidence.filter(removed_at__isnull=True)),
        "questions": threads_of_line(answer),
        "line_url": line_address(answer),
    }
    return render(request, "clarifying/answer.html", context, status=status_of(form))
