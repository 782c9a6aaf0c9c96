"""Citations of a line: cite, take away, put back; and of which document a file is the copy."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from core.forms import refusals_in, status_of
from scoring.filing.citing import KINDS, CitedBefore, cite, cite_again, name_document, said_in_full, uncite
from scoring.filing.evidence_forms import CitationForm, CopyOfForm
from scoring.filing.frame import desk_frame
from scoring.filing.views.access import evidence_or_404, line_or_404, possible_id
from scoring.filing.views.evidence import taken_away
from scoring.filing.views.form import line_address, saved_line
from scoring.models import Answer, Citation


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def citation_add(request: HttpRequest, pk: int) -> HttpResponse:
    """The page to cite for one line; with `HX-Request` only its form."""
    answer, offered = line_or_404(request.user, pk), None
    sent = request.method == "POST"
    form = CitationForm(answer, request.POST) if sent else CitationForm(answer)
    if sent and form.is_valid():
        with refusals_in(form):
            try:
                _cite(request, answer, form)
            except CitedBefore as before:
                offered = before.citation
                raise
        if not form.errors:
            return saved_line(request, answer) if request.htmx else redirect(line_address(answer))
    template = "filing/_citation_form.html" if request.htmx else "filing/citation.html"
    context = desk_frame(request.user, answer.assessment) | {
        "answer": answer,
        "form": form,
        "offered": offered,
        "kinds": KINDS,
        "back_url": line_address(answer),
    }
    return render(request, template, context, status=status_of(form))


def _cite(request: HttpRequest, answer: Answer, form: CitationForm) -> None:
    answers = [answer, *form.cleaned_data["lines"]]
    if existing := form.cleaned_data["existing"]:
        cite_again(answers=answers, citation=existing, actor=request.user)
    else:
        cite(answers=answers, given=form.given, actor=request.user, correcting=form.cleaned_data["correcting"])


def _of_unit_or_404(answer: Answer, pk: int) -> Citation:
    return get_object_or_404(Citation, unit=answer.assessment.unit_id, pk=possible_id(pk))


@login_required
@require_POST
def citation_remove(request: HttpRequest, pk: int, citation: int) -> HttpResponse:
    """Take a citation away from a line; the toast offers to put it back."""
    answer = line_or_404(request.user, pk)
    one = uncite(answer=answer, citation=_of_unit_or_404(answer, citation), actor=request.user)
    undo = reverse("citation_restore", args=[answer.pk, one.pk])
    return taken_away(request, answer, said_in_full(one), undo=undo)


@login_required
@require_POST
def citation_restore(request: HttpRequest, pk: int, citation: int) -> HttpResponse:
    answer = line_or_404(request.user, pk)
    cite_again(answers=[answer], citation=_of_unit_or_404(answer, citation), actor=request.user)
    return saved_line(request, answer) if request.htmx else redirect(line_address(answer))


@login_required
@require_POST
def evidence_copy_of(request: HttpRequest, pk: int) -> HttpResponse:
    """Of which cited document a file is the copy."""
    evidence = evidence_or_404(request.user, pk)
    form = CopyOfForm(evidence, request.POST)
    if form.is_valid():
        with refusals_in(form):
            name_document(evidence=evidence, citation=form.cleaned_data["citation"], actor=request.user)
    if form.errors:
        context = desk_frame(request.user, evidence.assessment) | {"evidence": evidence, "form": form}
        return render(request, "filing/document_refused.html", context, status=status_of(form))
    messages.success(request, _("Saved."))
    return redirect("evidence_view", pk=evidence.pk)
