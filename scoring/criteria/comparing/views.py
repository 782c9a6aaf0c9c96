"""What changed from one version to the next: a page for everybody, and the same as a workbook to print."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from core.public_pages import public_page, render_public
from scoring.criteria.comparing.selectors import comparison_or_404, readable_or_404, years_before
from scoring.criteria.exchange.files import workbook_response


@public_page
def set_differences(request: HttpRequest, code: str, year: int) -> HttpResponse:
    """The version before, whichever it is."""
    one = readable_or_404(request.user, code, year)
    if years := years_before(request.user, one):
        return redirect("set_difference", code, year, years[0])
    return render_public(request, "criteria/no_difference.html", {"one": one})


@public_page
def set_difference(request: HttpRequest, code: str, year: int, earlier: int) -> HttpResponse:
    compared = comparison_or_404(request.user, code, year, earlier)
    others = [other for other in years_before(request.user, compared.after) if other != earlier]
    context = {
        "compared": compared, "found": compared.found, "sections": compared.sections, "others": others,
        "title": _("{name}: what changed from {earlier} to {year}").format(
            name=compared.after.title, earlier=earlier, year=year
        ),
    }  # fmt: skip
    return render_public(request, "criteria/difference.html", context)


@public_page
def set_difference_file(request: HttpRequest, code: str, year: int, earlier: int) -> HttpResponse:
    from scoring.criteria.comparing.exports import difference_workbook  # noqa: PLC0415 - loads openpyxl, 150 ms

    compared = comparison_or_404(request.user, code, year, earlier)
    return workbook_response(difference_workbook(compared), f"{code}-{earlier}-{year}.xlsx")
