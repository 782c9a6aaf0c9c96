"""An act that asks first: a step of the year."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from core import clock
from core.errors import NotFound
from scoring.cycles.selectors import facts_of
from scoring.cycles.steps import action_of, step_of, take
from scoring.cycles.views.access import cycle_or_404, for_committee, year_page


@require_http_methods(["GET", "POST"])
@for_committee
def cycle_step(request: HttpRequest, year: int, action: str) -> HttpResponse:
    """GET asks and shows what hangs on the step, or why it must wait; POST takes it."""
    shown, wanted = cycle_or_404(request, year), action_of(action)
    if wanted is None:
        raise NotFound(_("There is no such step."))
    if request.method == "POST":
        moved = take(shown, wanted, request.user)
        messages.success(request, _("The cycle is now in the phase “{phase}”.").format(phase=moved.get_state_display()))
        return redirect("cycle", year)
    step = step_of(shown, wanted, clock.now())
    context = {"step": step, "facts": facts_of(shown, wanted), "form": forms.Form()}
    return year_page(request, shown, "cycles/step.html", context)
