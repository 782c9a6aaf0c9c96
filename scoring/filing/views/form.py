"""The form itself: all years, one year by pillar, one pillar by line, one line saved."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_POST, require_safe

from core.forms import refusals_in, status_of
from scoring.clarifying.selectors import threads_of_form
from scoring.filing.checks import by_line, facts_of, lines_of, lint, lint_line
from scoring.filing.forms import LineForm
from scoring.filing.frame import desk_frame
from scoring.filing.guide import guide_of
from scoring.filing.progress import ADJUSTMENTS, Progress, progress_of
from scoring.filing.rows import row_of, rows_of
from scoring.filing.selectors import last_line, last_year, own_assessments
from scoring.filing.services import save_answer
from scoring.filing.signing import last_prepared
from scoring.filing.undo_offer import undo_offer
from scoring.filing.views.access import assessment_or_404, line_or_404
from scoring.filing.views.offline import kept_for, only_what_this_person_typed
from scoring.models import Answer, Assessment


def line_address(answer: Answer) -> str:
    """The page and place of a line."""
    code = answer.criterion.pillar.code if answer.criterion.pillar else ADJUSTMENTS
    return reverse("assessment_pillar", args=[answer.assessment_id, code]) + f"#line-{answer.pk}"


def whole_address(answer: Answer) -> str:
    """The same line on the page with all lines."""
    return reverse("assessment_all", args=[answer.assessment_id]) + f"#line-{answer.pk}"


@login_required
@require_safe
def assessments(request: HttpRequest) -> HttpResponse:
    """Every year of the own units."""
    return render(request, "filing/assessments.html", {"assessments": own_assessments(request.user)})


# Compressed, because lines up there are slow: random padding and masked tokens keep BREACH from reading anything.
@gzip_page
@login_required
@require_safe
def assessment(request: HttpRequest, pk: int) -> HttpResponse:
    """One year: how far each pillar is, what blocks, what comes next."""
    form = assessment_or_404(request.user, pk)
    lines = lines_of([form])
    context = desk_frame(request.user, form) | {
        "progress": progress_of(form, lines, last_year(form)),
        "by_agency": sum(not answer.criterion.declared_by_unit for answer in lines),
        "submission": form.submissions.select_related("submitted_by").first(),
        "prepared": last_prepared(form),
    }
    return kept_for(render(request, "filing/assessment.html", context), request.user, context["can_edit"])


@gzip_page
@login_required
@require_safe
def pillar(request: HttpRequest, pk: int, code: str) -> HttpResponse:
    """The lines of one pillar, or those beside the pillars."""
    form = assessment_or_404(request.user, pk)
    page = _pillar_page(request, form, code)
    return kept_for(render(request, "filing/pillar.html", page), request.user, page["can_edit"])


@gzip_page
@login_required
@require_safe
def whole(request: HttpRequest, pk: int) -> HttpResponse:
    """Every line of the form on one page."""
    form = assessment_or_404(request.user, pk)
    page = _whole_page(request, form)
    return kept_for(render(request, "filing/whole.html", page), request.user, page["can_edit"])


def _asks_whole(request: HttpRequest, assessment: Assessment) -> bool:
    """Whether the line was typed on the page with all lines: what comes back has to fit there."""
    page = request.htmx.current_url if request.htmx else request.headers.get("Referer")
    return (page or "").endswith(reverse("assessment_all", args=[assessment.pk]))


def _whole_page(request: HttpRequest, form: Assessment, bound: LineForm | None = None) -> dict[str, Any]:
    lines, last = lines_of([form]), last_year(form)
    progress, frame = progress_of(form, lines, last), desk_frame(request.user, form)
    found = by_line(lint(facts_of(form, lines, last, frame["now"])))
    rows = rows_of(lines, frame["line_gate"], bound, found, threads_of_form(form))
    shown = list(zip(rows, (guide_of(one, last) for one in lines), strict=True))
    groups = [
        (section, [(row, guide) for row, guide in shown if _section_of(row.answer) == section.code])
        for section in progress.sections
    ]
    return frame | {"progress": progress, "groups": groups, "refused": bound, "whole": True}


def _pillar_page(request: HttpRequest, form: Assessment, code: str, bound: LineForm | None = None) -> dict[str, Any]:
    """`bound` is the form of the one line that was just refused."""
    lines, last = lines_of([form]), last_year(form)
    progress, frame = progress_of(form, lines, last), desk_frame(request.user, form)
    section, before, after = _place(progress, code)
    shown = [answer for answer in lines if _section_of(answer) == code]
    guides = [guide_of(answer, last) for answer in shown]
    found = by_line(lint(facts_of(form, lines, last, frame["now"])))
    rows = rows_of(shown, frame["line_gate"], bound, found, threads_of_form(form))
    return frame | {
        "progress": progress,
        "section": section,
        "before": before,
        "after": after,
        "lines": list(zip(rows, guides, strict=True)),
        "refused": bound,
    }


def _section_of(answer: Answer) -> str:
    return answer.criterion.pillar.code if answer.criterion.pillar else ADJUSTMENTS


def _place(progress: Progress, code: str) -> tuple:
    """The section of that code with the ones before and after it in the form; 404 where there is none."""
    around = [None, *progress.sections, None]
    for before, section, after in zip(around, around[1:], around[2:], strict=False):
        if section.code == code:
            return section, before, after
    raise Http404


@gzip_page
@login_required
@require_POST
@only_what_this_person_typed
def answer_save(request: HttpRequest, pk: int) -> HttpResponse:
    """Save one line. With `HX-Request` only the line and what it moves come back, else the page or a redirect."""
    answer = line_or_404(request.user, pk)
    form, toast = LineForm(answer, request.POST), None
    if not form.keeps_theirs:
        form.full_clean()
        version = form.sent_version
        with refusals_in(form):
            saved = save_answer(answer=answer, given=form.given, version=version, actor=request.user)
            toast = undo_offer(answer, saved)
    bound = form if form.is_bound and form._errors else None
    if request.htmx:
        return saved_line(request, answer, bound, toast)
    whole = _asks_whole(request, answer.assessment)
    if bound is None:
        return redirect(whole_address(answer) if whole else line_address(answer))
    if whole:
        return render(
            request, "filing/whole.html", _whole_page(request, answer.assessment, bound), status=status_of(bound)
        )
    page = _pillar_page(request, answer.assessment, _section_of(answer), bound)
    return render(request, "filing/pillar.html", page, status=status_of(bound))


def saved_line(
    request: HttpRequest, answer: Answer, bound: LineForm | None = None, toast: dict[str, str] | None = None
) -> HttpResponse:
    """The line as it stands now with the rail and the points of its pillar: what a script puts into the open page."""
    lines = lines_of([answer.assessment])
    progress, frame = progress_of(answer.assessment, lines), desk_frame(request.user, answer.assessment)
    section, _before, _after = _place(progress, _section_of(answer))
    fresh = next(one for one in lines if one.pk == answer.pk)
    facts = facts_of(answer.assessment, lines, last_line(fresh), frame["now"])
    found = {fresh.pk: lint_line(facts, fresh)}
    row = row_of(fresh, frame["line_gate"](fresh), bound, found, threads_of_form(answer.assessment))
    context = frame | {"progress": progress, "section": section, "row": row, "toast": toast}
    context["whole"] = _asks_whole(request, answer.assessment)
    return render(request, "filing/_saved.html", context, status=status_of(bound) if bound else 200)
