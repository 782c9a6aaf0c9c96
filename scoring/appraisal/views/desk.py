"""The desk's first page, one criterion across units, and how far the year is."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.models import User
from core import clock
from core.forms import read_query
from scoring.anchors.permissions import can_agree, can_see_drift
from scoring.anchors.selectors import first_waiting, rows_of
from scoring.appraisal import filters
from scoring.appraisal.permissions import READS_ALL_CRITERIA, can_close, can_enter, can_review
from scoring.appraisal.selectors.progress import Share, cycle_at_desk, pillars_with_progress, progress_of
from scoring.appraisal.selectors.queue import QueueLine, lines_of, share_of
from scoring.appraisal.selectors.reviews import is_reviewed, last_review, unreviewed
from scoring.appraisal.services import close_appraisals
from scoring.appraisal.value_words import said_rule
from scoring.appraisal.views.access import desk_page
from scoring.models import Criterion, Cycle


def cycle_or_404(year: int | None) -> Cycle:
    cycle = cycle_at_desk(year)
    if cycle is None:
        raise Http404
    return cycle


def reads_all(user: User) -> bool:
    return user.has_role(*READS_ALL_CRITERIA)


@desk_page
@require_safe
def home(request: HttpRequest, year: int | None = None) -> HttpResponse:
    cycle = cycle_at_desk(year)
    if cycle is None:
        return render(request, "appraisal/no_cycle.html")
    form = filters.CriteriaFilter(request.GET, cycle=cycle)
    chosen = read_query(form)
    pillars = pillars_with_progress(
        request.user,
        cycle,
        group=form.group_chosen,
        pillar=form.pillar_chosen,
        waiting=chosen["progress"] == filters.LEFT,
    )
    shares = [one.share for pillar in pillars for one in pillar.criteria]
    total = Share(sum(share.decided for share in shares), sum(share.total for share in shares))
    context = {"cycle": cycle, "form": form, "pillars": pillars, "total": total, "criteria": len(shares)}
    context |= {"now": clock.now(), "reads_all": reads_all(request.user), "group": form.group_chosen}
    context["may_see_drift"] = can_see_drift(request.user)
    return render(request, "appraisal/home.html", context)


@desk_page
@require_safe
def criterion(request: HttpRequest, year: int, pk: int) -> HttpResponse:
    cycle = cycle_or_404(year)
    sets = cycle.groups.values("criteria_set")
    related = Criterion.objects.select_related("criteria_set", "pillar", "responsible")
    one = get_object_or_404(related, pk=pk, criteria_set__in=sets)
    lines = lines_of(request.user, cycle, one, everybodys=True)
    divided = any(line.is_assigned for line in lines) and not reads_all(request.user)
    form = filters.LinesFilter(request.GET, cycle=cycle, divided=divided)
    asked = read_query(form)
    if divided and asked["whose"] != filters.ALL:
        lines = [line for line in lines if line.is_in_care_of(request.user)]
    shown, review = narrowed(lines, form), last_review(cycle, one) if reads_all(request.user) else None
    context = {"cycle": cycle, "criterion": one, "rule": said_rule(one.leaf), "form": form, "lines": shown}
    context |= summary(lines) | {
        "marks": [line.points for line in lines if line.points is not None],
        "with_group": len(form.groups) > 1,
        "count": len(shown),
        "own": None,
        "may_enter": can_enter(request.user, one, cycle),
        "may_review": can_review(request.user, cycle),
        "review": review,
        "is_reviewed": is_reviewed(cycle, one, review),
        "is_brought_in": one.leaf.source_kind in ("measured", "survey"),
    }
    anchors = rows_of(request.user, cycle, one)
    context |= {"anchors": anchors, "anchors_left": first_waiting(anchors), "may_agree": can_agree(request.user, cycle)}
    return render(request, "appraisal/criterion.html", context)


def narrowed(lines: list[QueueLine], form: filters.LinesFilter) -> list[QueueLine]:
    """By unit, group and state. Marks that are hidden from the person match no state but "still waiting"."""
    wanted = form.cleaned_data
    lines = in_order(lines, wanted["sort"])
    states = {
        filters.LEFT: {"open", "again", "answered", "second"},
        filters.AGAIN: {"again"},
        "accepted": {"accepted"},
        "changed": {"corrected", "not_applicable"},
    }
    return [
        line
        for line in lines
        if form.matches_unit(line.answer.assessment.unit)
        and (not form.group_chosen or line.answer.assessment.group == form.group_chosen)
        and (not wanted["state"] or line.state in states[wanted["state"]])
    ]


def in_order(lines: list[QueueLine], sort: str) -> list[QueueLine]:
    """By unit as they come, by claim or by difference; what has none stands last either way."""
    if sort in ("", "unit"):
        return lines
    if sort == "-unit":
        return lines[::-1]
    keys = {"claim": lambda line: line.answer.claimed_points, "difference": lambda line: line.difference}
    key, turned = keys[sort.removeprefix("-")], sort.startswith("-")
    known = [line for line in lines if key(line) is not None]
    return sorted(known, key=key, reverse=turned) + [line for line in lines if key(line) is None]


def summary(lines: list[QueueLine]) -> dict:
    """What stands above the lines of a criterion: how many are decided, the claims, where to go on."""
    return {
        "share": share_of(lines),
        "claims": [line.answer.claimed_points for line in lines if line.answer.claimed_points is not None],
        "first_open": next((line for line in lines if line.waits), None),
        "with_earlier": any(line.earlier is not None for line in lines),
        "with_figure": any(line.figure for line in lines),
    }


@desk_page
@require_safe
def progress(request: HttpRequest, year: int) -> HttpResponse:
    cycle = cycle_or_404(year)
    form = filters.Filter(request.GET, cycle=cycle)
    read_query(form)
    context = {"cycle": cycle, "form": form, "progress": progress_of(request.user, cycle, group=form.group_chosen)}
    context |= {"may_close": can_close(request.user, cycle), "now": clock.now(), "reads_all": reads_all(request.user)}
    context |= {"unreviewed": unreviewed(cycle) if context["may_close"] else []}
    return render(request, "appraisal/progress.html", context)


@desk_page
@require_POST
def close(request: HttpRequest, year: int) -> HttpResponse:
    cycle = cycle_or_404(year)
    closed, waiting = close_appraisals(cycle=cycle, actor=request.user)
    sentence = _("{closed} forms closed, {waiting} still wait for a decision on some line.")
    messages.success(request, sentence.format(closed=closed, waiting=waiting))
    if left := unreviewed(cycle):
        codes = ", ".join(one.code for one in left)
        messages.warning(request, _("Not reviewed by a lead, or changed since: {criteria}.").format(criteria=codes))
    return redirect("appraisal_progress", year=year)
