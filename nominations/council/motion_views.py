"""Pages of one motion: see, open, take no part, vote, close."""

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core import clock
from core.forms import refusals_in, status_of
from nominations import tally
from nominations.council.drawing import HEIGHT, WIDTH, bar_of
from nominations.council.forms import RecusalForm, VoteForm
from nominations.council.permissions import (
    can_close,
    can_open_motion,
    can_recuse,
    can_run_council,
    can_take_off_agenda,
    can_vote,
    sees_ballots,
)
from nominations.council.rolls import RollLine, own_line, roll_of, voters_among, votes_on
from nominations.council.selectors import agenda_of, places_of, sitting_of
from nominations.council.services import cast_vote, close_motion, open_motion, recuse
from nominations.council.wording import places_in_words, reasons, rules_in_words, sitting_in_words
from nominations.enums import MotionState
from nominations.models import Motion
from nominations.nominating.selectors import name_grades, ranked_counts


@login_required
@require_safe
def motion(request: HttpRequest, pk: int) -> HttpResponse:
    return _show(request, _seen(request, pk))


@login_required
@require_POST
def opened(request: HttpRequest, pk: int) -> HttpResponse:
    one = _seen(request, pk)
    open_motion(motion=one, actor=request.user)
    return redirect("motion", pk=one.pk)


@login_required
@require_POST
def recused(request: HttpRequest, pk: int) -> HttpResponse:
    one = _seen(request, pk)
    form = RecusalForm(request.POST)
    if form.is_valid():
        with refusals_in(form):
            recuse(motion=one, reason=form.cleaned_data["reason"], actor=request.user)
        if not form.errors:
            messages.success(request, _("It is recorded that you take no part in this vote."))
            return redirect("motion", pk=one.pk)
    return _show(request, one, recusal_form=form)


@login_required
@require_POST
def vote(request: HttpRequest, pk: int) -> HttpResponse:
    one = _seen(request, pk)
    form = VoteForm(request.POST)
    if form.is_valid():
        with refusals_in(form):
            cast_vote(motion=one, choice=form.cleaned_data["choice"], actor=request.user)
        if not form.errors:
            messages.success(request, _("Your vote is recorded."))
            return redirect("motion", pk=one.pk)
    return _show(request, one, vote_form=form)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def close(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask once more, with the count and the places left before the eyes; then close."""
    one = _seen(request, pk)
    form = forms.Form(request.POST if request.method == "POST" else None)
    if form.is_bound:
        with refusals_in(form):
            close_motion(motion=one, actor=request.user)
        if not form.errors:
            return redirect("motion", pk=one.pk)
        one = _seen(request, pk)
    can_close(request.user, one, cast=one.ballots.count()).require()
    counted = tally.count(one.rules, votes_on(one))
    places = _places(one)
    context = {
        "motion": one,
        "tally": counted,
        "reasons": [*reasons(counted, one), places],
        "is_full": counted.result == tally.Result.CARRIED and not places.mark,
        "form": form,
    }
    return render(request, "nominations/motion_close.html", context, status=status_of(form))


def _show(
    request: HttpRequest,
    one: Motion,
    *,
    vote_form: VoteForm | None = None,
    recusal_form: RecusalForm | None = None,
) -> HttpResponse:
    user, refused = request.user, vote_form or recusal_form
    lines = roll_of(one, with_ballots=sees_ballots(user))
    mine, nomination = own_line(user, lines), one.nomination
    name_grades([nomination])
    context = {
        "motion": one,
        "nomination": nomination,
        "ranked": ranked_counts([nomination.run_id]).get(nomination.run_id),
        "agenda": agenda_of(one.meeting),
        "lines": lines,
        "taking_no_part": [line for line in lines if not line.takes_part],
        "mine": mine,
        "vote_form": vote_form or VoteForm(),
        "recusal_form": recusal_form or RecusalForm(),
        "may_vote": can_vote(user, one, mine),
        "may_recuse": can_recuse(user, one, mine),
        "sees_ballots": sees_ballots(user),
        "may_run": can_run_council(user),
    }
    context |= _before(request, one, lines) if one.state == MotionState.PREPARED else _count(request, one)
    return render(request, "nominations/motion.html", context, status=status_of(refused) if refused else 200)


def _before(request: HttpRequest, one: Motion, lines: list[RollLine]) -> dict:
    """What the page of a prepared motion says: the rules, and whether the vote may be opened."""
    sitting = sitting_of(one.meeting)
    by_own_word = {line.entry.member_id for line in lines if line.recusal}
    voters = voters_among([line.entry for line in lines], by_own_word)
    return {
        "sitting": sitting,
        "reasons": [sitting_in_words(sitting), *rules_in_words(one), _places(one)],
        "may_open": can_open_motion(request.user, one, sitting, clock.today(), voters=len(voters)),
        "may_take_off": can_take_off_agenda(request.user, one),
    }


def _count(request: HttpRequest, one: Motion) -> dict:
    """What the page of an open or closed vote says: the count and its reasons."""
    votes = votes_on(one)
    counted = tally.count(one.rules, votes)
    return {
        "votes": votes,
        "tally": counted,
        "bar": bar_of(one.rules, votes, counted),
        "bar_size": (WIDTH, HEIGHT),
        "reasons": [*reasons(counted, one), *([] if one.is_closed else [_places(one)])],
        "may_close": can_close(request.user, one, cast=votes.cast),
    }


def _places(one: Motion):
    """The places that this motion competes for, in words."""
    (kind,) = places_of([one.nomination])
    return places_in_words(*kind)


def _seen(request: HttpRequest, pk: int) -> Motion:
    seen = Motion.objects.visible_to(request.user).select_related(
        "meeting__council", "nomination__unit", "nomination__cycle__movement"
    )
    return get_object_or_404(seen, pk=pk)
