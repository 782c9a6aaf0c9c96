"""Pages of certificates: list, one of them, the draft of its revocation."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from core.forms import read_query, refusals_in, status_of
from core.paging import page_of, without
from nominations.certifying.forms import CertificateFilter, RevocationForm
from nominations.certifying.permissions import can_draft, can_revoke, can_see_certificates
from nominations.certifying.revocations import draft_revocation
from nominations.certifying.selectors import certificate_years, certificates_of
from nominations.models import Certificate, Decision
from nominations.tabs import tabs_of


@login_required
@require_safe
def certificates(request: HttpRequest) -> HttpResponse:
    can_see_certificates(request.user).require()
    form = CertificateFilter(certificate_years(request.user), request.GET or None)
    asked = read_query(form) if form.is_bound else {}
    rows = certificates_of(request.user, **asked)
    context = {
        "form": form,
        "page_obj": page_of(rows, request.GET.get("page")),
        "count_text": ngettext("{n} certificate", "{n} certificates", len(rows)).format(n=len(rows)),
        "active": [
            {"label": f"{form.fields[name].label}: {_shown(form, name)}", "url": without(request.GET, name)}
            for name, value in asked.items()
            if value
        ],
        "tabs": tabs_of(request.user, "certificates"),
    }
    return render(request, "nominations/certificates.html", context)


def _shown(form: CertificateFilter, name: str) -> str:
    value = form.cleaned_data[name]
    return str(dict(getattr(form.fields[name], "choices", [])).get(value, value))


@login_required
@require_safe
def certificate(request: HttpRequest, pk: int) -> HttpResponse:
    one = seen_certificate(request, pk)
    revocation = getattr(one, "revocation", None)
    decisions = [one.decision_id, *([revocation.decision_id] if revocation else [])]
    context = {
        "certificate": one,
        "item": one.nomination.decision_item,
        # A draft is for those who make it.
        "revocation": revocation,
        "seen": set(Decision.objects.visible_to(request.user).filter(pk__in=decisions).values_list("pk", flat=True)),
        "may_revoke": can_revoke(request.user, one),
        "may_draft": can_draft(request.user),
    }
    return render(request, "nominations/certificate.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def revoke(request: HttpRequest, pk: int) -> HttpResponse:
    """Ground and facts; the draft is then signed like any decision."""
    one = seen_certificate(request, pk)
    can_revoke(request.user, one).require()
    form = RevocationForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        with refusals_in(form):
            made = draft_revocation(certificates=[one], actor=request.user, **form.cleaned_data)
        if not form.errors:
            return redirect("decision", pk=made.pk)
    context = {"certificate": one, "form": form}
    return render(request, "nominations/revocation_new.html", context, status=status_of(form))


def seen_certificate(request: HttpRequest, pk: int) -> Certificate:
    seen = Certificate.objects.visible_to(request.user).select_related(
        "decision__cycle", "nomination__unit", "nomination__decision_item", "revocation__decision", "issued_by"
    )
    return get_object_or_404(seen, pk=pk)
