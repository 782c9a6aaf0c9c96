"""The list of units: who takes part, who is ranked with whom, and how sure the name is."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from accounts.forms import UnitFilter
from accounts.selectors import units as units_found
from accounts.views.access import tabs
from core.forms import read_query
from core.paging import page_of, without


@require_GET
@login_required
def units(request: HttpRequest) -> HttpResponse:
    """For everybody with an account; the list changes by the table of units only."""
    form = UnitFilter(request.GET)
    asked = read_query(form)
    page = page_of(units_found(**asked), request.GET.get("page"), per_page=100)
    active = [{"label": said, "url": without(request.GET, name)} for name, said in form.active().items()]
    context = {"form": form, "page": page, "active": active, "tabs": tabs(request.user, "units")}
    return render(request, "accounts/_units.html" if request.htmx else "accounts/units.html", context)
