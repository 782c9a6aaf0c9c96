"""Acts that ask first: a step of the year, and a further round of explanation."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from core import clock
from core.errors import NotFound
from core.forms import refusals_in, status_of
from scoring.cycles.forms import RoundForm
from scoring.cycles.rounds import may_open_round, open_round
from scoring.cycles.selectors import facts_of
from scoring.cycles.steps import action_of, contests_waited_for, step_of, take
from scoring.cycles.views.access import cycle_or_404, for_committee, for_secretary, year_page


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


@require_http_methods(["GET", "POST"])
@for_secretary
def cycle_round(request: HttpRequest, year: int) -> HttpResponse:
    shown, sent = cycle_or_404(request, year), request.method == "POST"
    form = RoundForm(request.POST if sent else None, initial={"explanation_words": shown.explanation_words})
    if sent and form.is_valid():
        given = {"words": form.cleaned_data["explanation_words"], "reason": form.cleaned_data["reason"]}
        with refusals_in(form):
            moved = open_round(cycle=shown, closes_at=form.closes_at, actor=request.user, **given)
        if not form.errors:
            messages.success(request, _("Round {n} of the explanation is open.").format(n=moved.explanation_round))
            return redirect("cycle", year)
    context = {"form": form, "verdict": may_open_round(shown, clock.now())}
    context |= {"open_contests": contests_waited_for(shown), "rounds": shown.rounds.all()}
    return year_page(request, shown, "cycles/round.html", context, status_of(form))
