"""One line of one unit: evidence, claim, decision, and on to the next unit."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.models import User
from core import clock
from core.errors import Conflict, DomainError
from core.forms import refusals_in, show_refusal, status_of
from core.numbers import format_number
from scoring.appraisal.forms import LineForm
from scoring.appraisal.lines import ACCEPT, POINTS_FIELD
from scoring.appraisal.permissions import can_appraise
from scoring.appraisal.selectors.line import Proposal, line_page, proposal
from scoring.appraisal.selectors.queue import next_open, visible_answers
from scoring.appraisal.services import accept_line, correct_inputs, correct_points, grant_not_applicable
from scoring.appraisal.views.access import desk_page, require_right
from scoring.appraisal.views.desk import summary
from scoring.enums import CorrectionKind
from scoring.models import Answer

PREVIEW = "preview"


@desk_page
@require_http_methods(["GET", "HEAD", "POST"])
def line(request: HttpRequest, pk: int) -> HttpResponse:
    answer = get_object_or_404(visible_answers(request.user), pk=pk)
    if request.method != "POST":
        return page(request, answer, LineForm(answer=answer))
    require_right(can_appraise(request.user, answer, answer.assessment.cycle))
    is_preview = request.POST.get("act") == PREVIEW
    form = LineForm(request.POST, answer=answer, saving=not is_preview)
    if is_preview:
        return preview(request, answer, form)
    following = next_open(request.user, answer)
    if form.is_valid():
        try:
            save(form, request.user)
        except Conflict as refused:
            return renewed(request, pk, refused, seen=form.cleaned_data["version"])
        except DomainError as refused:
            show_refusal(form, refused)
        else:
            messages.success(request, said_saved(pk))
            return go_on(request, answer, following)
    return page(request, answer, form)


def save(form: LineForm, actor: User) -> None:
    """The service that belongs to the decision."""
    data, answer = form.cleaned_data, form.answer
    given = {"answer": answer, "version": data["version"], "actor": actor}
    if data["decision"] == ACCEPT:
        accept_line(**given)
    elif data["decision"] == CorrectionKind.NOT_APPLICABLE:
        grant_not_applicable(reason=data["reason"], **given)
    elif data["decision"] == CorrectionKind.POINTS:
        correct_points(points=data[POINTS_FIELD], reason_code=data["reason_code"], reason=data["reason"], **given)
    else:
        correct_inputs(raw=form.raw, reason_code=data["reason_code"], reason=data["reason"], **given)


def go_on(request: HttpRequest, answer: Answer, following: int | None) -> HttpResponse:
    if following is not None:
        return redirect("appraisal_line", pk=following)
    messages.success(request, _("No unit waits on this criterion any more."))
    return redirect("appraisal_criterion", year=answer.assessment.cycle.year, pk=answer.criterion_id)


def said_saved(pk: int) -> str:
    saved = Answer.objects.select_related("assessment__unit").get(pk=pk)
    if saved.appraised_points is None:
        return _("{unit}: saved.").format(unit=saved.assessment.unit.label)
    points = format_number(saved.appraised_points, 2)
    return _("{unit}: saved, {points} points.").format(unit=saved.assessment.unit.label, points=points)


def renewed(request: HttpRequest, pk: int, refused: Conflict, *, seen: int) -> HttpResponse:
    """Somebody was first, or the phase is over: the line as it is now, with what was typed."""
    answer = get_object_or_404(visible_answers(request.user), pk=pk)
    typed = request.POST.copy()
    typed["version"] = answer.version
    form = LineForm(typed, answer=answer)
    form.is_valid()
    show_refusal(form, refused)
    return page(request, answer, form, stale=answer.version != seen)


def preview(request: HttpRequest, answer: Answer, form: LineForm) -> HttpResponse:
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
    return page(request, answer, form, shown=shown)


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
    request: HttpRequest, answer: Answer, form: LineForm, *, shown: Proposal | None = None, stale: bool = False
) -> HttpResponse:
    one = line_page(request.user, answer)
    shown = shown or (typed_proposal(form) if form.is_bound else one.in_force or one.expected)
    context = {"page": one, "answer": answer, "criterion": answer.criterion, "form": form, "now": clock.now()}
    context |= {
        "proposal": shown,
        "stale": stale,
        "following": next_open(request.user, answer),
    }
    context |= {"cycle": answer.assessment.cycle, "cycle_before": answer.assessment.cycle.year - 1}
    context |= summary(one.queue)
    return render(request, "appraisal/line.html", context, status=status_of(form))
