"""Reference answers: which lines may become one, take, mark blind, withdraw."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from core.forms import refusals_in, status_of
from core.paging import page_of
from scoring.anchors.forms import PointsForm, TakeForm, WithdrawForm
from scoring.anchors.lines import as_line, line_of
from scoring.anchors.permissions import (
    can_agree,
    can_mark,
    can_see_everybodys_drift,
    can_take,
    can_withdraw,
    knows_agreed,
)
from scoring.anchors.selectors import (
    anchors_for,
    candidates,
    candidates_on,
    claim_of,
    evidence_of,
    first_waiting,
    marks_of,
    row_of,
    rows_of,
)
from scoring.anchors.services import mark_anchor, take_anchor, withdraw_anchor
from scoring.appraisal.value_words import said_rule
from scoring.appraisal.views.access import desk_page, require_right
from scoring.appraisal.views.desk import cycle_or_404
from scoring.filing.views.access import possible_id
from scoring.models import Anchor, Criterion, Cycle


def criterion_or_404(cycle: Cycle, pk: int) -> Criterion:
    related = Criterion.objects.select_related("criteria_set", "pillar", "responsible")
    return get_object_or_404(related, pk=possible_id(pk), criteria_set__in=cycle.groups.values("criteria_set"))


def anchor_or_404(request: HttpRequest, pk: int) -> Anchor:
    """As the person may see it, with its criterion and what a line of it needs."""
    related = ("criterion__criteria_set", "criterion__responsible", "criterion__pillar", "cycle")
    related = (*related, "answer__assessment__unit", "answer__assessment__cycle", "taken_by", "withdrawn_by")
    return get_object_or_404(anchors_for(request.user).select_related(*related), pk=possible_id(pk))


@desk_page
@require_safe
def anchor_candidates(request: HttpRequest, year: int, pk: int) -> HttpResponse:
    """The decided lines from which a lead chooses."""
    cycle = cycle_or_404(year)
    can_agree(request.user, cycle).require()
    criterion = criterion_or_404(cycle, pk)
    page = page_of(candidates(request.user, cycle, criterion), request.GET.get("page"))
    context = {"cycle": cycle, "criterion": criterion, "rule": said_rule(criterion.leaf), "page": page}
    context["rows"] = candidates_on(page, cycle, criterion)
    return render(request, "anchors/candidates.html", context)


@desk_page
@require_http_methods(["GET", "HEAD", "POST"])
def anchor_take(request: HttpRequest, year: int, pk: int, answer: int) -> HttpResponse:
    cycle, user = cycle_or_404(year), request.user
    require_right(can_agree(user, cycle))
    criterion = criterion_or_404(cycle, pk)
    source = get_object_or_404(candidates(user, cycle, criterion), pk=possible_id(answer))
    form = TakeForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        with refusals_in(form):
            take_anchor(cycle=cycle, criterion=criterion, answer=source, **form.cleaned_data, actor=user)
            messages.success(request, _("The reference answer is taken; appraisers are asked to mark it first."))
            return redirect("appraisal_criterion", year=year, pk=criterion.pk)
    line, verdict = as_line(criterion, source.values, source.explanation), can_take(user, source, criterion, cycle)
    context = {"cycle": cycle, "criterion": criterion, "rule": said_rule(criterion.leaf), "source": source}
    context |= {"line": line, "claim": claim_of(line) if verdict else None, "form": form, "verdict": verdict}
    return render(request, "anchors/take.html", context, status=status_of(form))


@desk_page
@require_http_methods(["GET", "HEAD", "POST"])
def anchor(request: HttpRequest, pk: int) -> HttpResponse:
    """POST gives the own mark. What was agreed is in the page only for who knows it."""
    one, user = anchor_or_404(request, pk), request.user
    verdict = can_mark(user, one, one.cycle)
    form = PointsForm(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        require_right(verdict)
    if form.is_valid():
        with refusals_in(form):
            mark_anchor(anchor=one, points=form.cleaned_data["points"], actor=user)
            return redirect("anchor", pk=pk)
    rows = rows_of(user, one.cycle, one.criterion)
    context = {"cycle": one.cycle, "criterion": one.criterion, "rule": said_rule(one.criterion.leaf), "form": form}
    context |= {"row": row_of(user, one), "verdict": verdict, "following": first_waiting(rows, after=pk)}
    context |= {"line": line_of(one), "claim": claim_of(line_of(one)), "files": evidence_of(user, one)}
    # The whole record, with the unit, is for who is not measured by it.
    context["record"] = one if knows_agreed(user, one.criterion, has_marked=False) else None
    if can_see_everybodys_drift(user):
        context |= {"marks": marks_of(one), "may_withdraw": can_withdraw(user, one)}
    return render(request, "anchors/anchor.html", context, status=status_of(form))


@desk_page
@require_http_methods(["GET", "HEAD", "POST"])
def anchor_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    one = anchor_or_404(request, pk)
    verdict = can_withdraw(request.user, one)
    require_right(verdict)
    form = WithdrawForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        with refusals_in(form):
            withdraw_anchor(anchor=one, reason=form.cleaned_data["reason"], actor=request.user)
            messages.success(request, _("The reference answer is withdrawn; it stays on record."))
            return redirect("appraisal_criterion", year=one.cycle.year, pk=one.criterion_id)
    context = {"cycle": one.cycle, "criterion": one.criterion, "one": one, "form": form, "verdict": verdict}
    return render(request, "anchors/withdraw.html", context, status=status_of(form))
