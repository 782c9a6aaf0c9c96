"""Receipts of a form: the last one, and every earlier one, which stays what it was."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from scoring.filing.frame import desk_frame
from scoring.filing.signing import contents_of
from scoring.filing.views.access import assessment_or_404
from scoring.models import Assessment, Submission


@login_required
@require_safe
def assessment_receipt(request: HttpRequest, pk: int) -> HttpResponse:
    """The last receipt; the others below it."""
    return _shown(request, assessment_or_404(request.user, pk), None)


@login_required
@require_safe
def assessment_receipt_number(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    return _shown(request, assessment_or_404(request.user, pk), number)


def _shown(request: HttpRequest, form: Assessment, number: int | None) -> HttpResponse:
    submissions = list(form.submissions.select_related("submitted_by", "preparation__prepared_by"))
    shown = receipt_or_404(submissions, number)
    context = desk_frame(request.user, form) | {
        "submission": shown,
        "contents": contents_of(shown),
        "others": [one for one in submissions if one is not shown],
        "replaced_by": submissions[0] if shown is not submissions[0] else None,
        "is_first": shown.number == 1,
    }
    return render(request, "filing/receipt.html", context)


def receipt_or_404(submissions: list[Submission], number: int | None) -> Submission:
    """The one of that number; without one the last."""
    for one in submissions:
        if number in (None, one.number):
            return one
    raise Http404
