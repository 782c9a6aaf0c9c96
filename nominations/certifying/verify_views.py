"""The public check of a certificate: a form, an address for the QR code, three answers."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from core import clock
from core.throttle import address_of, seconds_to_wait
from nominations.certifying.forms import VerifyForm
from nominations.certifying.selectors import certificate_by_code
from nominations.certifying.throttle import may_ask
from nominations.enums import CertificateState

ANSWERS = {CertificateState.ISSUED: "valid", CertificateState.REVOKED: "revoked"}


@require_safe
def verify(request: HttpRequest) -> HttpResponse:
    """The form; with `?code=` its answer, for browsers without scripts the same page."""
    if "code" in request.GET:
        return _answer(request, request.GET["code"])
    return _page(request, {"answer": ""}, 200)


@require_safe
def verify_code(request: HttpRequest, code: str) -> HttpResponse:
    return _answer(request, code)


def _answer(request: HttpRequest, typed: str) -> HttpResponse:
    """Found, or not: the same page, the same work, whatever was wrong with the code."""
    if not may_ask(address_of(request)):
        response = _page(request, {"answer": "too_often"}, 429)
        response["Retry-After"] = str(seconds_to_wait())
        return response
    found = certificate_by_code(typed)
    answer = "not_found" if found is None else ANSWERS[found.state]
    context = {"answer": answer, "certificate": found, "checked_at": clock.now()}
    return _page(request, context, 200 if found else 404)


def _page(request: HttpRequest, context: dict, status: int) -> HttpResponse:
    """Nothing of a wrong code comes back, so that every refusal is the same to the byte: not in the language form either."""
    if status != 200:
        context |= {"language_next": reverse("verify")}
    response = render(request, "nominations/verify.html", context | {"form": VerifyForm()}, status=status)
    response["Cache-Control"] = "no-store"
    response["X-Robots-Tag"] = "noindex"
    return response
