"""Pages of one motion: see, vote, close."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.forms import refusals_in, status_of
from nominations import tally
from nominations.council.drawing import HEIGHT, WIDTH, bar_of
from nominations.council.forms import VoteForm
from nominations.council.permissions import can_close, can_vote, sees_ballots
from nominations.council.selectors import agenda_of, own_line, roll_of, votes_on
from nominations.council.services import cast_vote, close_motion
from nominations.council.wording import reasons
from nominations.models import Motion
from nominations.nominating.selectors import name_grades, ranked_counts


@login_required
@require_safe
def motion(request: HttpRequest, pk: int) -> HttpResponse:
    return _show(request, _seen(request, pk), VoteForm())


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
    return _show(request, one, form)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def close(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask once more, with the count before the eyes; then close."""
    one = _seen(request, pk)
    votes = votes_on(one)
    if request.method == "POST":
        close_motion(motion=one, actor=request.user)
        return redirect("motion", pk=one.pk)
    can_close(request.user, one, cast=votes.cast).require()
    counted = tally.count(one.rules, votes)
    context = {"motion": one, "votes": votes, "tally": counted, "reasons": reasons(counted, one)}
    return render(request, "nominations/motion_close.html", context)


def _show(request: HttpRequest, one: Motion, form: VoteForm) -> HttpResponse:
    lines = roll_of(one, with_ballots=sees_ballots(request.user))
    mine, votes, nomination = own_line(request.user, lines), votes_on(one), one.nomination
    counted = tally.count(one.rules, votes)
    name_grades([nomination])
    context = {
        "motion": one,
        "nomination": nomination,
        "ranked": ranked_counts([nomination.run_id]).get(nomination.run_id),
        "agenda": agenda_of(one.meeting),
        "lines": lines,
        "mine": mine,
        "votes": votes,
        "tally": counted,
        "reasons": reasons(counted, one),
        "bar": bar_of(one.rules, votes, counted),
        "bar_size": (WIDTH, HEIGHT),
        "form": form,
        "may_vote": can_vote(request.user, one, mine and mine.entry, has_voted=bool(mine and mine.has_voted)),
        "may_close": can_close(request.user, one, cast=votes.cast),
        "sees_ballots": sees_ballots(request.user),
    }
    return render(request, "nominations/motion.html", context, status=status_of(form))


def _seen(request: HttpRequest, pk: int) -> Motion:
    seen = Motion.objects.visible_to(request.user).select_related(
        "meeting__council", "nomination__unit", "nomination__cycle__movement"
    )
    return get_object_or_404(seen, pk=pk)
