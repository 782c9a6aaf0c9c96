"""The page of bonus rates, and the two forms that add to it."""

from collections.abc import Callable

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from core import clock
from core.errors import Invalid
from core.forms import refusals_in, status_of
from nominations.certifying.forms import BaseSalaryForm, CoefficientForm
from nominations.certifying.permissions import can_add_rates, can_see_rates
from nominations.certifying.rate_services import add_base_salary, add_coefficient
from nominations.certifying.rates import rates_on
from nominations.enums import AwardForm, Subject
from nominations.models import BaseSalary, BonusCoefficient
from nominations.tabs import tabs_of


@login_required
@require_safe
def bonus_rates(request: HttpRequest) -> HttpResponse:
    can_see_rates(request.user).require()
    today = clock.today()
    context = {
        "salaries": BaseSalary.objects.order_by("-valid_from"),
        "coefficients": BonusCoefficient.objects.order_by("-valid_from", "form", "-subject"),
        "today": today,
        "bonuses": [bonus for form in AwardForm for bonus in _bonuses_today(form, today)],
        "may_add": can_add_rates(request.user),
        "tabs": tabs_of(request.user, "bonus_rates"),
    }
    return render(request, "nominations/bonus_rates.html", context)


def _bonuses_today(form: AwardForm, today) -> list[dict]:
    """What one of each gets today; nothing for a form whose law is not known."""
    try:
        rates = rates_on(today, form, Subject)
    except Invalid:
        return []
    return [{"form": form.label, "subject": one.label, "rate": rates[one]} for one in reversed(Subject)]


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def new_base_salary(request: HttpRequest) -> HttpResponse:
    return _add(request, BaseSalaryForm, add_base_salary, _("New base salary"))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def new_coefficient(request: HttpRequest) -> HttpResponse:
    return _add(request, CoefficientForm, add_coefficient, _("New coefficient"))


def _add(request: HttpRequest, form_class: type[forms.Form], service: Callable, heading: str) -> HttpResponse:
    can_see_rates(request.user).require()
    can_add_rates(request.user).require()
    form = form_class(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        with refusals_in(form):
            service(actor=request.user, **form.cleaned_data)
        if not form.errors:
            messages.success(request, _("Added. It counts for decisions of its day and later."))
            return redirect("bonus_rates")
    return render(request, "nominations/bonus_new.html", {"form": form, "heading": heading}, status=status_of(form))
