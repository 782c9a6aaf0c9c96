"""One criterion as a table to type in: each row saves itself, and the own last decision on a row can be undone."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.models import User
from core.errors import Conflict, DomainError
from core.forms import show_refusal, status_of
from scoring.appraisal.forms import LineForm
from scoring.appraisal.permissions import can_appraise
from scoring.appraisal.reading import can_be_taken_back
from scoring.appraisal.selectors.queue import QueueLine, lines_of, rows
from scoring.appraisal.services import take_back_decision
from scoring.appraisal.value_words import said_rule
from scoring.appraisal.views.access import desk_page, require_right
from scoring.appraisal.views.desk import cycle_or_404, summary
from scoring.appraisal.views.line import line_or_404, said_saved, save
from scoring.enums import ReasonCode
from scoring.filing.views.access import possible_id
from scoring.models import Answer, Criterion, Cycle

GRID = "grid"


@dataclass(frozen=True)
class Row:
    """A line with the form that decides it; no form where it is decided, or not for this person to decide now."""

    line: QueueLine
    form: LineForm | None
    may_take_back: bool
    said: str = ""


def row_form(answer: Answer, typed: QueryDict | None = None) -> LineForm:
    return LineForm(typed, answer=answer, saving=typed is not None, auto_id=f"l{answer.pk}_%s")


def row_of(user: User, line: QueueLine, form: LineForm | None = None, said: str = "") -> Row:
    undone = not line.blocked and can_be_taken_back(line.answer, user)
    return Row(line, form or (row_form(line.answer) if line.waits and not line.second else None), undone, said)


@desk_page
@require_safe
def grid(request: HttpRequest, year: int, pk: int) -> HttpResponse:
    cycle = cycle_or_404(year)
    related = Criterion.objects.select_related("criteria_set", "pillar", "responsible")
    sets = cycle.groups.values("criteria_set")
    return page(request, cycle, get_object_or_404(related, pk=possible_id(pk), criteria_set__in=sets))


def page(request: HttpRequest, cycle: Cycle, criterion: Criterion, refused: LineForm | None = None) -> HttpResponse:
    lines = lines_of(request.user, cycle, criterion)
    kept = {refused.answer.pk: refused} if refused else {}
    context = {"cycle": cycle, "criterion": criterion, "rule": said_rule(criterion.leaf)}
    context |= {"rows": [row_of(request.user, line, kept.get(line.answer.pk)) for line in lines], "own": None}
    context |= {"codes": ReasonCode.choices} | summary(lines)
    return render(request, "appraisal/grid.html", context, status=status_of(refused) if refused else 200)


@desk_page
@require_POST
def row(request: HttpRequest, pk: int) -> HttpResponse:
    """Save one row; the answer is the row, or without htmx the table."""
    answer = line_or_404(request, pk)
    require_right(can_appraise(request.user, answer, answer.assessment.cycle))
    form = row_form(answer, request.POST)
    if form.is_valid():
        try:
            save(form, request.user)
        except Conflict as refused:
            form = _renewed(request, pk)
            show_refusal(form, refused)
        except DomainError as refused:
            show_refusal(form, refused)
        else:
            return _answer(request, pk, None, said_saved(answer, request.user))
    return _answer(request, pk, form)


def _renewed(request: HttpRequest, pk: int) -> LineForm:
    """What was typed, beside the line as it is now."""
    answer, typed = line_or_404(request, pk), request.POST.copy()
    typed["version"] = answer.version
    form = row_form(answer, typed)
    form.is_valid()
    return form


def _answer(request: HttpRequest, pk: int, form: LineForm | None, said: str = "") -> HttpResponse:
    answer = line_or_404(request, pk)
    cycle, criterion = answer.assessment.cycle, answer.criterion
    if request.htmx:
        line = rows(request.user, cycle, [answer])[0]
        context = {"row": row_of(request.user, line, form, said), "criterion": criterion}
        return render(request, "appraisal/_grid_row.html", context, status=status_of(form) if form else 200)
    if form:
        return page(request, cycle, criterion, form)
    messages.success(request, said)
    return redirect(f"{reverse('appraisal_grid', args=[cycle.year, criterion.pk])}#line-{pk}")


@desk_page
@require_POST
def take_back(request: HttpRequest, pk: int, version: int) -> HttpResponse:
    """Undo the own last decision: the line as it stood before, as a row of the table or on its own page."""
    answer = line_or_404(request, pk)
    require_right(can_appraise(request.user, answer, answer.assessment.cycle))
    take_back_decision(answer=answer, version=version, actor=request.user)
    said = _("{unit}: the decision is taken back.").format(unit=answer.assessment.unit.label)
    if request.htmx or request.POST.get("to") == GRID:
        return _answer(request, pk, None, said)
    messages.success(request, said)
    return redirect("appraisal_line", pk)
