"""Pages of one meeting: agenda and attendance."""

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from core import clock
from core.forms import refusals_in, status_of
from nominations.council.forms import AgendaForm, AttendanceForm
from nominations.council.permissions import (
    can_put_on_agenda,
    can_record_attendance,
    can_run_council,
    can_see_council,
)
from nominations.council.rolls import recused_in
from nominations.council.selectors import agenda_of, places_of, ready_for_vote, sitting_of
from nominations.council.services import put_on_agenda, record_attendance, take_off_agenda
from nominations.council.wording import places_in_words, sitting_in_words
from nominations.models import Meeting, Motion


@login_required
@require_safe
def meeting(request: HttpRequest, pk: int) -> HttpResponse:
    return _show(request, _seen(request, pk))


@login_required
@require_POST
def agenda(request: HttpRequest, pk: int) -> HttpResponse:
    """Put the ticked nominations on the agenda."""
    one = _seen(request, pk)
    can_run_council(request.user).require()
    form = AgendaForm(ready_for_vote(), request.POST)
    if form.is_valid():
        with refusals_in(form):
            put_on_agenda(nominations=form.cleaned_data["nominations"], meeting=one, actor=request.user)
        if not form.errors:
            messages.success(request, _("The agenda is set."))
            return redirect("meeting", pk=one.pk)
    return _show(request, one, form)


@login_required
@require_POST
def attendance(request: HttpRequest, pk: int) -> HttpResponse:
    one = _seen(request, pk)
    can_run_council(request.user).require()
    form = AttendanceForm(sitting_of(one), request.POST)
    if form.is_valid():
        with refusals_in(form):
            record_attendance(meeting=one, present=form.cleaned_data["present"], actor=request.user)
        if not form.errors:
            messages.success(request, _("Attendance is recorded."))
            return redirect("meeting", pk=one.pk)
    return _show(request, one, form)


@login_required
@require_POST
def taken_off(request: HttpRequest, pk: int) -> HttpResponse:
    """Take one motion off the agenda again."""
    one = get_object_or_404(Motion.objects.visible_to(request.user), pk=pk)
    take_off_agenda(motion=one, actor=request.user)
    messages.success(request, _("The motion is taken off the agenda; the nomination is eligible as before."))
    return redirect("meeting", pk=one.meeting_id)


def _show(request: HttpRequest, one: Meeting, form: forms.Form | None = None) -> HttpResponse:
    """The whole page; `form` is the one that was refused, if any."""
    sitting, motions, user = sitting_of(one), agenda_of(one), request.user
    is_over = bool(motions) and all(motion.is_closed for motion in motions)
    recused = recused_in(one)
    for motion in motions:
        motion.taking_no_part = recused.get(motion.pk, [])
    context = {
        "meeting": one,
        "agenda": motions,
        "ready": ready_for_vote(),
        "chosen": {one.pk for one in form.cleaned_data.get("nominations", [])} if isinstance(form, AgendaForm) else (),
        "sitting": sitting,
        "quorum": sitting_in_words(sitting),
        "places": [
            places_in_words(*kind, is_over=is_over) for kind in places_of(motion.nomination for motion in motions)
        ],
        "is_over": is_over,
        "refused": form,
        "attendance_form": form if isinstance(form, AttendanceForm) else AttendanceForm(sitting),
        "may_run": can_run_council(user),
        "may_put": can_put_on_agenda(user, [], one, clock.today(), council_in_office=sitting.council_in_office),
        "may_record": can_record_attendance(user, one, sitting, clock.today()),
    }
    return render(request, "nominations/meeting.html", context, status=status_of(form) if form else 200)


def _seen(request: HttpRequest, pk: int) -> Meeting:
    can_see_council(request.user).require()
    return get_object_or_404(Meeting.objects.select_related("council__secretary"), pk=pk)
