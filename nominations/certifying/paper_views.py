"""Files: the decision, a certificate, the list of the commended. The right is asked at every download."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from core.collation import fold
from core.errors import WrongState
from nominations.certifying.bonus_exports import bonus_workbook
from nominations.certifying.exports import awarded_workbook
from nominations.certifying.papers import certificates_pdf, decision_pdf
from nominations.certifying.rates import law_behind, total_vnd
from nominations.certifying.revocation_papers import revocation_pdf
from nominations.certifying.selectors import bases_of, items_of, revocations_of
from nominations.certifying.views import seen_decision
from nominations.enums import DecisionKind, DecisionState
from nominations.models import Certificate, Decision

PDF = "application/pdf"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@login_required
@require_safe
def decision_paper(request: HttpRequest, pk: int) -> HttpResponse:
    one = seen_decision(request, pk)
    if one.kind == DecisionKind.REVOCATION:
        data = revocation_pdf(one, revocations_of(one))
    else:
        data = decision_pdf(one, items_of(one), bases=bases_of(one))
    return _attachment(data, PDF, f"quyet-dinh-{_in_file_name(one)}.pdf")


@login_required
@require_safe
def awarded_list(request: HttpRequest, pk: int) -> HttpResponse:
    one = _with_list(request, pk)
    return _attachment(awarded_workbook(one, items_of(one)), XLSX, f"danh-sach-khen-thuong-{_in_file_name(one)}.xlsx")


@login_required
@require_safe
def bonus_list(request: HttpRequest, pk: int) -> HttpResponse:
    one = _with_list(request, pk)
    items = items_of(one)
    if total_vnd(items) is None:
        raise WrongState(_("The bonuses of this decision were not computed here."))
    data = bonus_workbook(one, items, law_behind(one, items))
    return _attachment(data, XLSX, f"danh-sach-tien-thuong-{_in_file_name(one)}.xlsx")


def _with_list(request: HttpRequest, pk: int) -> Decision:
    """A signed decision on an award."""
    one = seen_decision(request, pk)
    if one.kind != DecisionKind.AWARD:
        raise WrongState(_("A decision on a revocation has no list of the commended."))
    if one.state == DecisionState.DRAFT:
        raise WrongState(_("The list is handed out once the decision is signed."))
    return one


@login_required
@require_safe
def certificate_paper(request: HttpRequest, pk: int) -> HttpResponse:
    seen = Certificate.objects.visible_to(request.user).select_related("decision__cycle")
    one = get_object_or_404(seen, pk=pk)
    return _attachment(certificates_pdf([one]), PDF, f"bang-{one.year}-{one.number:04d}.pdf")


def _in_file_name(one: Decision) -> str:
    """415-qd-ubnd-2027 for 415/QĐ-UBND; a draft has no number yet and goes by its own."""
    return f"{fold(one.number).replace('/', '-')}-{one.year}" if one.number else str(one.pk)


def _attachment(data: bytes, media_type: str, name: str) -> HttpResponse:
    """Names are our own and plain: nothing in them can end the header."""
    response = HttpResponse(data, content_type=media_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
