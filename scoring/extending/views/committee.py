"""One unit on the filing board: where it stands, whom to call, who was reminded, and the acts on its time."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.enums import Role
from accounts.models import User
from core import clock
from core.forms import refusals_in, status_of
from scoring.cycles.permissions import can_run_cycle
from scoring.cycles.views.access import cycle_or_404, for_committee, year_page
from scoring.enums import ExtensionState
from scoring.extending.forms import GRANT, DecideForm, MoreTimeForm
from scoring.extending.permissions import can_grant, can_withdraw, may_grant
from scoring.extending.selectors import extensions_of
from scoring.extending.services import give_extension, grant_extension, refuse_extension
from scoring.filing.deadlines import limits_of
from scoring.filing.permissions import may_file
from scoring.filing.views.access import possible_id
from scoring.models import Assessment, Extension
from scoring.reminding.ladder import steps_of
from scoring.reminding.selectors import people_of


@require_http_methods(["GET", "POST"])
@for_committee
def board_unit(request: HttpRequest, year: int, pk: int) -> HttpResponse:
    """POST decides on the request that waits, or gives more time where none does."""
    cycle = cycle_or_404(request, year)
    shown = get_object_or_404(
        Assessment.objects.select_related("unit", "group", "cycle").filter(cycle=cycle), pk=possible_id(pk)
    )
    extensions = extensions_of(shown)
    pending = next((one for one in extensions if one.state == ExtensionState.ASKED), None)
    data = request.POST if request.method == "POST" else None
    form = DecideForm(data, extension=pending) if pending else MoreTimeForm(data)
    if request.method == "POST":
        may_grant(request.user, shown).require()
        with refusals_in(form):
            if form.is_valid():
                messages.success(request, _act(shown, pending, form, request.user))
                return redirect(reverse("board_unit", args=[year, pk]) + "#extension")
    context = _page(request.user, shown, extensions) | {"form": form, "pending": pending}
    return year_page(request, cycle, "cycles/board_unit.html", context, status_of(form))


def _act(shown: Assessment, pending: Extension | None, form: forms.Form, actor: User) -> str:
    reason = form.cleaned_data["reason"]
    if pending is None:
        give_extension(assessment=shown, until=form.end, reason=reason, actor=actor)
        return _("More time is given.")
    if form.cleaned_data["decision"] == GRANT:
        grant_extension(extension=pending, until=form.end, reason=reason, actor=actor)
        return _("More time is granted.")
    refuse_extension(extension=pending, reason=reason, actor=actor)
    return _("The request is refused.")


def _page(user: User, shown: Assessment, extensions: list[Extension]) -> dict:
    now, cycle, people = clock.now(), shown.cycle, people_of([shown.unit_id])
    limits = limits_of(shown, cycle)
    granted = [one for one in extensions if one.state == ExtensionState.GRANTED and can_withdraw(user, one, now)]
    return {
        "assessment": shown,
        "now": now,
        "limits": limits,
        "gate": may_file(shown, cycle, now),
        "history": [one for one in extensions if one.state != ExtensionState.ASKED],
        "withdrawable": granted,
        "can_grant": can_grant(user, shown, cycle, now),
        "may_decide": may_grant(user, shown),
        "can_remind": can_run_cycle(user),
        "officers": people.get((shown.unit_id, Role.UNIT_OFFICER), []),
        "heads": people.get((shown.unit_id, Role.UNIT_HEAD), []),
        "reminders": list(shown.reminders.select_related("person", "sent_by")[:50]),
        "steps": steps_of(limits.on_time_until),
    }
