"""From the finished form to the receipt: check, put before the head, submit."""

from itertools import groupby
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.proof import prove_by_password
from core.forms import refusals_in, status_of
from scoring.filing.checks import lines_of
from scoring.filing.forms import SubmitForm
from scoring.filing.frame import desk_frame
from scoring.filing.progress import Progress, pillar_progress, progress_of
from scoring.filing.services import prepare, reopen, submit
from scoring.filing.signing import contents_of, is_unchanged, last_prepared, said_changed
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
    messages.info(request, _("The self-assessment can be edited again. What stood before the head is void."))
    return redirect("assessment", pk)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def assessment_submit(request: HttpRequest, pk: int) -> HttpResponse:
    """What exactly is signed, then the act; the same click sent twice shows the same receipt."""
    form = assessment_or_404(request.user, pk)
    confirmation = SubmitForm(request.POST if request.method == "POST" else None, initial={"version": form.version})
    if request.method == "POST" and confirmation.is_valid():
        given = confirmation.cleaned_data
        with refusals_in(confirmation):
            proof = prove_by_password(request.user, given["password"])
            submit(assessment=form, actor=request.user, proof=proof, version=given["version"])
            return redirect("assessment_receipt", pk)
    frame = desk_frame(request.user, assessment_or_404(request.user, pk))
    context = frame | {"form": confirmation, "progress": pillar_progress(form)} | _what_is_signed(frame)
    return render(request, "filing/submit.html", context, status=status_of(confirmation))


def _what_is_signed(frame: dict[str, Any]) -> dict[str, Any]:
    """The frozen form in figures, whether it still is the form, and how a signature now stands to the time limit."""
    assessment, prepared = frame["assessment"], last_prepared(frame["assessment"])
    return {
        "prepared": prepared,
        "contents": contents_of(prepared) if prepared else None,
        "changed": "" if is_unchanged(assessment, prepared) else said_changed(),
        # The first submission decides; one after a return keeps what was recorded then.
        "is_on_time": frame["now"] < frame["limits"].on_time_until
        if assessment.on_time is None
        else assessment.on_time,
    }
