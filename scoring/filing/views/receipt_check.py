"""The public check of a receipt: unit, year, time and fingerprint, never what was declared."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from core.throttle import address_of, may_ask, seconds_to_wait
from scoring.filing.receipt_codes import is_last, submission_by_code
from scoring.models import Assessment

MOST_A_MINUTE = 30


@require_safe
def receipt_check(request: HttpRequest) -> HttpResponse:
    """The form; with `?code=` its answer."""
    if "code" in request.GET:
        return _answer(request, request.GET["code"])
    return _page(request, {"answer": ""}, 200)


@require_safe
def receipt_check_code(request: HttpRequest, code: str) -> HttpResponse:
    return _answer(request, code)


def _answer(request: HttpRequest, typed: str) -> HttpResponse:
    if not may_ask(f"receipt:{address_of(request)}", MOST_A_MINUTE):
        response = _page(request, {"answer": "too_often"}, 429)
        response["Retry-After"] = str(seconds_to_wait())
        return response
    found = submission_by_code(typed)
    if found is None:
        return _page(request, {"answer": "not_found"}, 404)
    seen = Assessment.objects.visible_to(request.user).filter(pk=found.assessment_id).exists()
    context = {"answer": "found", "submission": found, "is_last": is_last(found), "may_open": seen}
    return _page(request, context, 200)


def _page(request: HttpRequest, context: dict, status: int) -> HttpResponse:
    """Nothing of a wrong code comes back, so that every refusal is the same: not in the language form either."""
    if status != 200:
        context |= {"language_next": reverse("receipt_check")}
    response = render(request, "filing/receipt_check.html", context, status=status)
    response["Cache-Control"] = "no-store"
    response["X-Robots-Tag"] = "noindex"
    return response
