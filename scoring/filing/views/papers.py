"""The form on paper, made when it is asked for: half a second for 75 lines."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from core.downloads import MEDIA_TYPES, attachment
from core.official.paper import as_file, as_pdf
from scoring.filing.receipt_paper import receipt_paper
from scoring.filing.report import report
from scoring.filing.views.access import assessment_or_404
from scoring.filing.views.receipts import receipt_or_404


@login_required
@require_safe
def assessment_report(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """The self-assessment as an official report; a draft until it is submitted."""
    form = assessment_or_404(request.user, pk)
    if kind not in MEDIA_TYPES:
        raise Http404
    name = f"bao-cao-tu-danh-gia-{form.unit.code.lower()}-{form.cycle.year}.{kind}"
    return attachment(as_file(report(form), kind), name)


@login_required
@require_safe
def assessment_receipt_paper(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    form = assessment_or_404(request.user, pk)
    submission = receipt_or_404(form.submissions.select_related("submitted_by", "preparation__prepared_by"), number)
    submission.assessment = form
    return attachment(as_pdf(receipt_paper(submission)), f"bien-nhan-{submission.receipt_code.lower()}.pdf")
