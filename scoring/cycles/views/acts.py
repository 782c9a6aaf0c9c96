"""Acts that ask first: a step of the year, the publication of a set; and next year's draft."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from core import clock
from core.errors import NotFound
from scoring.criteria.services import clone_set, publish_set
from scoring.cycles.selectors import facts_of, listed_sets
from scoring.cycles.steps import action_of, step_of, take
from scoring.cycles.views.access import cycle_or_404, for_committee, for_secretary
from scoring.models import CriteriaSet


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
    context = {"cycle": shown, "step": step, "facts": facts_of(shown, wanted), "form": forms.Form()}
    return render(request, "cycles/step.html", context)


@require_http_methods(["GET", "POST"])
@for_secretary
def set_publish(request: HttpRequest, pk: int) -> HttpResponse:
    shown = get_object_or_404(listed_sets(), pk=pk)
    if request.method == "POST":
        publish_set(criteria_set=shown, actor=request.user)
        messages.success(request, _("The set {name} is published and can no longer change.").format(name=shown))
        return redirect("cycles")
    facts = [_("{n} criteria, version {name}").format(n=shown.line_count, name=shown)]
    return render(request, "cycles/set_publish.html", {"set": shown, "facts": facts, "form": forms.Form()})


@require_POST
@for_secretary
def set_clone(request: HttpRequest, pk: int) -> HttpResponse:
    source = get_object_or_404(CriteriaSet, pk=pk)
    made = clone_set(source=source, year=source.year + 1, actor=request.user)
    messages.success(request, _("The draft {name} is made from it.").format(name=made))
    return redirect("cycles")
