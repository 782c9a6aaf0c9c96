"""“Unchanged, refresh the evidence”: one line takes last year's figures, and gives them back."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from scoring.filing.carrying import carry_over, undo_carry_over
from scoring.filing.forms import LineForm
from scoring.filing.views.access import line_or_404
from scoring.filing.views.form import line_address, saved_line


@login_required
@require_POST
def answer_carry_over(request: HttpRequest, pk: int) -> HttpResponse:
    """The toast offers the way back."""
    answer = line_or_404(request.user, pk)
    carry_over(answer=answer, version=LineForm(answer, request.POST).sent_version, actor=request.user)
    text = _("{code} has last year's figures. Attach evidence of this year.").format(code=answer.criterion.code)
    undo = reverse("answer_undo_carry_over", args=[answer.pk])
    if request.htmx:
        return saved_line(request, answer, toast={"text": text, "undo_url": undo})
    messages.info(request, text, extra_tags=undo)
    return redirect(line_address(answer))


@login_required
@require_POST
def answer_undo_carry_over(request: HttpRequest, pk: int) -> HttpResponse:
    answer = line_or_404(request.user, pk)
    undo_carry_over(answer=answer, actor=request.user)
    return saved_line(request, answer) if request.htmx else redirect(line_address(answer))
