"""Pages of the council: composition, meetings, agenda."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core import clock
from core.errors import Invalid
from core.forms import refusals_in, status_of
from nominations.council.forms import CouncilForm, MeetingForm, OpenMotionForm
from nominations.council.permissions import can_call_meeting, can_run_council, can_see_council, meeting_is_on
from nominations.council.selectors import agenda_of, candidates, meetings_with_counts, ready_for_vote
from nominations.council.services import call_meeting, open_motion, set_up_council
from nominations.council.wording import quorum_in_words, threshold_in_words
from nominations.models import Council, Meeting
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
    current = Council.objects.current()
    context = {
        "tabs": tabs_of(request.user, "council"),
        "council": current,
        "seats": list(current.seats.select_related("user")) if current else [],
        "quorum": current and quorum_in_words(current),
        "threshold": current and threshold_in_words(current),
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
    form = CouncilForm(candidates(), request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        with refusals_in(form):
            given = {name: form.cleaned_data[name] for name in ("name", "founding_decision", "members", "chair")}
            made = set_up_council(**given, rules=form.rules(), actor=request.user)
        if not form.errors:
            messages.success(request, _("“{name}” is set up.").format(name=made.name))
            return redirect("council")
    return render(request, "nominations/council_new.html", {"form": form}, status=status_of(form))


@login_required
@require_safe
def meeting(request: HttpRequest, pk: int) -> HttpResponse:
    can_see_council(request.user).require()
    one = get_object_or_404(Meeting.objects.select_related("council"), pk=pk)
    may_run, is_on = can_run_council(request.user), meeting_is_on(one, clock.today())
    context = {
        "meeting": one,
        "agenda": agenda_of(one),
        "ready": ready_for_vote(),
        "may_open": may_run if not may_run else is_on,
    }
    return render(request, "nominations/meeting.html", context)


@login_required
@require_POST
def motion_opened(request: HttpRequest, pk: int) -> HttpResponse:
    can_see_council(request.user).require()
    one = get_object_or_404(Meeting, pk=pk)
    can_run_council(request.user).require()
    form = OpenMotionForm(ready_for_vote(), request.POST)
    if not form.is_valid():
        raise Invalid(_("The nomination is not ready for a vote any more. Load the page again."))
    motion = open_motion(nomination=form.cleaned_data["nomination"], meeting=one, actor=request.user)
    return redirect("motion", pk=motion.pk)
