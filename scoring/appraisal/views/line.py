"""One line of one unit: evidence, claim, decision, and on to the next unit."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.models import User
from core import clock
from core.errors import Conflict, DomainError
from core.forms import read_query, refusals_in, show_refusal, status_of
from core.numbers import format_number
from scoring.anchors.selectors import first_waiting, rows_of
from scoring.appraisal.forms import LineForm
from scoring.appraisal.lines import ACCEPT, POINTS_FIELD
from scoring.appraisal.selectors.line import Proposal, line_page, proposal, queue_of
from scoring.appraisal.selectors.paper import Paper, paper_of
from scoring.appraisal.selectors.queue import beside, next_waiting, visible_answers
from scoring.appraisal.services import accept_line, correct_inputs, correct_points, grant_not_applicable
from scoring.appraisal.views.access import desk_page, require_right
from scoring.appraisal.views.desk import summary
from scoring.enums import CorrectionKind
from scoring.filing.views.access import possible_id
from scoring.marking.blind import is_blind, seen_in, strip, token_of
from scoring.marking.permissions import can_mark
from scoring.marking.services import save_second_mark
from scoring.models import Answer

PREVIEW, BY_UNIT = "preview", "unit"
SKIPPED, MOST_SKIPPED = "appraisal_skipped", 500


class LineQuery(forms.Form):
    """`by`: gone through by unit instead of by criterion; `file` and `page`: what is open beside the score."""

    by = forms.ChoiceField(choices=[("", ""), (BY_UNIT, BY_UNIT)], required=False)
    file = forms.IntegerField(min_value=1, max_value=2**63 - 1, required=False)
    page = forms.IntegerField(min_value=1, max_value=9999, required=False)


def line_or_404(request: HttpRequest, pk: int) -> Answer:
    """The line as this person may read it; whoever marks it a second time saves by what was read, not by its version."""
    answer = get_object_or_404(visible_answers(request.user), pk=possible_id(pk))
    if is_blind(request.user, answer):
        strip(request.user, [answer])
        answer.version = token_of(seen_in(answer))
    return answer


@desk_page
@require_http_methods(["GET", "HEAD", "POST"])
def line(request: HttpRequest, pk: int) -> HttpResponse:
    answer, asked = line_or_404(request, pk), read_query(LineQuery(request.GET))
    if request.method != "POST":
        paper = _paper(answer, asked)
        if paper and request.htmx:
            context = {"paper": paper, "answer": answer, "by": asked["by"]}
            return render(request, "appraisal/_paper.html", context)
        return page(request, answer, LineForm(answer=answer), asked, paper=paper)
    require_right(can_mark(request.user, answer, answer.assessment.cycle))
    is_preview = request.POST.get("act") == PREVIEW
    form = LineForm(request.POST, answer=answer, saving=not is_preview)
    if is_preview:
        return preview(request, answer, form, asked)
    if form.is_valid():
        try:
            save(form, request.user)
        except Conflict as refused:
            return renewed(request, pk, refused, asked, seen=form.cleaned_data["version"])
        except DomainError as refused:
            show_refusal(form, refused)
        else:
            messages.success(request, said_saved(answer, request.user))
            return go_on(request, answer, asked["by"])
    return page(request, answer, form, asked)


def _paper(answer: Answer, asked: dict) -> Paper | None:
    if not asked["file"]:
        return None
    files = list(answer.evidence.filter(removed_at__isnull=True))
    return paper_of(files, asked["file"], asked["page"], answer.explanation)


@desk_page
@require_POST
def skip(request: HttpRequest, pk: int) -> HttpResponse:
    """Put off: the line comes back when no other waits. Kept in the session: it is no decision, nobody else has to know,
    and it is over when the person signs out."""
    answer, asked = line_or_404(request, pk), read_query(LineQuery(request.GET))
    others = [one for one in request.session.get(SKIPPED, []) if one != pk]
    request.session[SKIPPED] = [*others, pk][-MOST_SKIPPED:]
    return go_on(request, answer, asked["by"])


def save(form: LineForm, actor: User) -> None:
    """The service that belongs to the decision."""
    data, answer = form.cleaned_data, form.answer
    if is_blind(actor, answer):
        marked = {"way": data["decision"], "raw": form.raw, "points": data[POINTS_FIELD]}
        marked |= {"reason_code": data["reason_code"], "reason": data["reason"], "token": data["version"]}
        save_second_mark(answer=answer, actor=actor, **marked)
        return
    given = {"answer": answer, "version": data["version"], "actor": actor}
    if data["decision"] == ACCEPT:
        accept_line(**given)
    elif data["decision"] == CorrectionKind.NOT_APPLICABLE:
        grant_not_applicable(reason=data["reason"], **given)
    elif data["decision"] == CorrectionKind.POINTS:
        correct_points(points=data[POINTS_FIELD], reason_code=data["reason_code"], reason=data["reason"], **given)
    else:
        correct_inputs(raw=form.raw, reason_code=data["reason_code"], reason=data["reason"], **given)


def go_on(request: HttpRequest, answer: Answer, by: str) -> HttpResponse:
    """To the next line that waits, in the queue as it is now; from the last one to the list."""
    queue = queue_of(request.user, answer, by_unit=by == BY_UNIT)
    following = next_waiting(queue, answer.pk, request.session.get(SKIPPED, []))
    if following is not None:
        return redirect(reverse("appraisal_line", args=[following]) + (f"?by={by}" if by else ""))
    if by == BY_UNIT:
        messages.success(request, _("No line of this unit waits any more."))
        return redirect("appraisal_unit", pk=answer.assessment_id)
    messages.success(request, _("No unit waits on this criterion any more."))
    return redirect("appraisal_criterion", year=answer.assessment.cycle.year, pk=answer.criterion_id)


def said_saved(answer: Answer, actor: User) -> str:
    if is_blind(actor, answer):  # as it was read: the second mark is on record now
        return _("{unit}: your second mark is saved.").format(unit=answer.assessment.unit.label)
    saved = Answer.objects.select_related("assessment__unit").get(pk=answer.pk)
    if saved.appraised_points is None:
        return _("{unit}: saved.").format(unit=saved.assessment.unit.label)
    points = format_number(saved.appraised_points, 2)
    return _("{unit}: saved, {points} points.").format(unit=saved.assessment.unit.label, points=points)


def renewed(request: HttpRequest, pk: int, refused: Conflict, asked: dict, *, seen: int) -> HttpResponse:
    """Somebody was first, or the phase is over: the line as it is now, with what was typed."""
    answer = line_or_404(request, pk)
    typed = request.POST.copy()
    typed["version"] = answer.version
    form = LineForm(typed, answer=answer)
    form.is_valid()
    show_refusal(form, refused)
    return page(request, answer, form, asked, stale=answer.version != seen)


def preview(request: HttpRequest, answer: Answer, form: LineForm, asked: dict) -> HttpResponse:
    """What the engine makes of the typed figures; nothing is written. With htmx only the result is sent, also before
    any points are typed: there is nothing to compute yet."""
    shown = None
    if form.is_valid() and not (request.htmx and form.waits_for_points):
        with refusals_in(form):
            data = form.cleaned_data
            shown = proposal(answer, data["decision"], form.raw, data[POINTS_FIELD])
    if request.htmx:
        context = {"proposal": shown, "form": form, "answer": answer, "figures_refused": bool(form.errors)}
        return render(request, "appraisal/_result.html", context, status=status_of(form))
    return page(request, answer, form, asked, shown=shown)


def typed_proposal(form: LineForm) -> Proposal | None:
    """What the typed figures would give, where only something else of the form was refused."""
    data = form.cleaned_data
    if "decision" not in data or POINTS_FIELD not in data:
        return None
    try:
        return proposal(form.answer, data["decision"], form.raw, data[POINTS_FIELD])
    except DomainError:
        return None


def page(
    request: HttpRequest,
    answer: Answer,
    form: LineForm,
    asked: dict,
    *,
    shown: Proposal | None = None,
    stale: bool = False,
    paper: Paper | None = None,
) -> HttpResponse:
    by_unit = asked["by"] == BY_UNIT
    one = line_page(request.user, answer, by_unit=by_unit)
    shown = shown or (typed_proposal(form) if form.is_bound else one.in_force or one.expected)
    before, after = beside(one.queue, answer.pk)
    context = {"page": one, "answer": answer, "criterion": answer.criterion, "form": form, "now": clock.now()}
    context |= {"proposal": shown, "stale": stale, "before": before, "after": after, "by_unit": by_unit}
    context |= {"by": asked["by"], "query": f"?by={asked['by']}" if by_unit else "", "paper": paper}
    context |= {"cycle": answer.assessment.cycle, "cycle_before": answer.assessment.cycle.year - 1}
    context |= summary(one.queue)
    context["anchors_left"] = (
        None if by_unit else first_waiting(rows_of(request.user, context["cycle"], answer.criterion))
    )
    return render(request, "appraisal/line.html", context, status=status_of(form))
