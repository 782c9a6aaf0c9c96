"""Pages of the council: composition and meetings."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from core import clock
from core.forms import refusals_in, status_of
from nominations.council.forms import CouncilForm, MeetingForm
from nominations.council.permissions import can_call_meeting, can_run_council, can_see_council
from nominations.council.selectors import candidates, meetings_with_counts, ready_for_vote, secretaries
from nominations.council.services import call_meeting, set_up_council
from nominations.council.wording import rules_in_words
from nominations.models import Council
from nominations.tabs import tabs_of


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def council(request: HttpRequest) -> HttpResponse:
    """The council in office, its meetings, what is ready; a POST calls a meeting."""
    can_see_council(request.user).require()
    form = MeetingForm(request.POST if request.method == "POST" else None, initial={"held_on": clock.today()})
    if request.method == "POST" and form.is_valid():
        with refusals_in(form):
            meeting = call_meeting(held_on=form.cleaned_data["held_on"], actor=request.user)
        if not form.errors:
            return redirect("meeting", pk=meeting.pk)
    current = Council.objects.select_related("secretary").current()
    context = {
        "tabs": tabs_of(request.user, "council"),
        "council": current,
        "seats": list(current.seats.select_related("user")) if current else [],
        "rules": rules_in_words(current) if current else [],
        "meetings": meetings_with_counts(current),
        "ready": ready_for_vote().count(),
        "form": form,
        "may_run": can_run_council(request.user),
        "may_call": can_call_meeting(request.user, current),
    }
    return render(request, "nominations/council.html", context, status=status_of(form))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def new_council(request: HttpRequest) -> HttpResponse:
    can_see_council(request.user).require()
    can_run_council(request.user).require()
    form = CouncilForm(candidates(), secretaries(), request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        with refusals_in(form):
            named = ("name", "founding_decision", "members", "chair", "secretary")
            given = {name: form.cleaned_data[name] for name in named}
            made = set_up_council(**given, rules=form.rules(), actor=request.user)
        if not form.errors:
            messages.success(request, _("“{name}” is set up.").format(name=made.name))
            return redirect("council")
    return render(request, "nominations/council_new.html", {"form": form}, status=status_of(form))
