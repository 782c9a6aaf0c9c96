"""From the finished form to the receipt: check, put before the head, submit."""

from itertools import groupby

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.forms import refusals_in, status_of
from scoring.filing.checks import lines_of
from scoring.filing.forms import SubmitForm
from scoring.filing.frame import desk_frame
from scoring.filing.progress import Progress, pillar_progress, progress_of
from scoring.filing.services import prepare, reopen, submit
from scoring.filing.views.access import assessment_or_404


@login_required
@require_safe
def assessment_check(request: HttpRequest, pk: int) -> HttpResponse:
    """What is missing, by pillar, each with a link to its line; then the way to the head."""
    form = assessment_or_404(request.user, pk)
    lines = lines_of([form])
    progress = progress_of(form, lines)
    titles = {answer.pk: answer.criterion.title for answer in lines}
    context = desk_frame(request.user, form) | {"progress": progress, "groups": _by_section(progress, titles)}
    return render(request, "filing/check.html", context)


def _by_section(progress: Progress, titles: dict[int, str]) -> list[tuple]:
    """(section, its findings with the titles of their lines) in the order of the form, those without findings left out."""
    sections = {"" if one.is_adjustments else one.code: one for one in progress.sections}
    by_section = groupby(progress.findings, key=lambda finding: finding.pillar_code)
    return [(sections[code], [(one, titles[one.answer_id]) for one in found]) for code, found in by_section]


@login_required
@require_POST
def assessment_prepare(request: HttpRequest, pk: int) -> HttpResponse:
    form = assessment_or_404(request.user, pk)
    prepare(assessment=form, actor=request.user)
    messages.info(request, _("The self-assessment is before the head."))
    return redirect("assessment", pk)


@login_required
@require_POST
def assessment_reopen(request: HttpRequest, pk: int) -> HttpResponse:
    form = assessment_or_404(request.user, pk)
    reopen(assessment=form, actor=request.user)
    messages.info(request, _("The self-assessment can be edited again."))
    return redirect("assessment", pk)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def assessment_submit(request: HttpRequest, pk: int) -> HttpResponse:
    """What submitting means, then the act; the same click sent twice shows the same receipt."""
    form = assessment_or_404(request.user, pk)
    confirmation = SubmitForm(request.POST if request.method == "POST" else None, initial={"version": form.version})
    if request.method == "POST" and confirmation.is_valid():
        with refusals_in(confirmation):
            submit(assessment=form, actor=request.user, version=confirmation.cleaned_data["version"])
            return redirect("assessment_receipt", pk)
    frame = desk_frame(request.user, assessment_or_404(request.user, pk))
    context = frame | {"form": confirmation, "progress": pillar_progress(form)}
    return render(request, "filing/submit.html", context, status=status_of(confirmation))


@login_required
@require_safe
def assessment_receipt(request: HttpRequest, pk: int) -> HttpResponse:
    """The last receipt, to be printed; earlier ones below it."""
    form = assessment_or_404(request.user, pk)
    submissions = list(form.submissions.select_related("submitted_by"))
    if not submissions:
        raise Http404
    context = desk_frame(request.user, form) | {"submission": submissions[0], "earlier": submissions[1:]}
    return render(request, "filing/receipt.html", context)
