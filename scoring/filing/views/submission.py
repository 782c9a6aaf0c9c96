"""From the finished form to the receipt: check, put before the head, submit."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.proof import prove_by_password
from core.forms import refusals_in, status_of
from scoring.filing.check_board import board_of
from scoring.filing.checks import Severity, facts_of, lines_of, lint
from scoring.filing.forms import CheckQuery, SubmitForm
from scoring.filing.frame import desk_frame
from scoring.filing.progress import progress_of
from scoring.filing.selectors import last_year
from scoring.filing.services import prepare, reopen, submit
from scoring.filing.signing import contents_of, is_unchanged, last_prepared, said_changed
from scoring.filing.views.access import assessment_or_404


@login_required
@require_safe
def assessment_check(request: HttpRequest, pk: int) -> HttpResponse:
    """What the checks say, by severity and pillar, each with a link to its place; then the way to the head."""
    form = assessment_or_404(request.user, pk)
    lines, last, frame = lines_of([form]), last_year(form), desk_frame(request.user, form)
    progress, found = progress_of(form, lines, last), lint(facts_of(form, lines, last, frame["now"]))
    board = board_of(found, progress, CheckQuery(request.GET).wanted)
    context = frame | {"progress": progress, "board": board}
    return render(request, "filing/check.html", context)


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
    form = assessment_or_404(request.user, pk)
    frame, lines, last = desk_frame(request.user, form), lines_of([form]), last_year(form)
    progress, found = progress_of(form, lines, last), lint(facts_of(form, lines, last, frame["now"]))
    board = board_of(found, progress, Severity.WARNING)
    context = frame | {"form": confirmation, "progress": progress, "board": board} | _what_is_signed(frame)
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
