"""One document: its pages as pictures, what is known about it, where it stands."""

from dataclasses import dataclass

from django import forms
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.enums import Role
from accounts.models import User
from core.errors import NotFound
from core.forms import read_query
from scoring.filing.evidence_forms import CopyOfForm, DocumentLinesForm, TitleForm
from scoring.filing.frame import desk_frame
from scoring.filing.library import versions_of
from scoring.filing.previews import MEDIA_TYPE, Undrawn, Width, page_of_evidence
from scoring.filing.shelf import files_for, kind_of
from scoring.filing.views.access import evidence_or_404
from scoring.filing.views.evidence import PRIVATE
from scoring.filing.views.form import line_address
from scoring.models import Answer, Evidence


@dataclass(frozen=True)
class Stand:
    """A line behind which the document stands, at the reader's own desk."""

    answer: Answer
    url: str


class PageQuery(forms.Form):
    page = forms.IntegerField(min_value=1, max_value=9999, required=False)


@login_required
@require_safe
def evidence_view(request: HttpRequest, pk: int) -> HttpResponse:
    """The viewer, one page at a time: a slow line waits for what is read and for nothing else."""
    evidence = evidence_or_404(request.user, pk)
    number = read_query(PageQuery(request.GET))["page"] or 1
    drawn = _page(evidence, number, Width.PAGE)
    if drawn.why == Undrawn.PAGE:
        raise NotFound(drawn.why.label)
    frame = desk_frame(request.user, evidence.assessment)
    may_change = frame["can_edit"] and not hasattr(evidence, "replaced_by")
    context = frame | {
        "evidence": evidence,
        "kind": kind_of(evidence),
        "is_own": files_for(request.user, evidence.assessment),
        "may_change": may_change,
        "drawn": drawn,
        "number": number,
        "before": number - 1 if number > 1 else None,
        "after": number + 1 if number < drawn.pages else None,
        "stands": [Stand(one, _address(request.user, one)) for one in _lines(evidence)],
        "explained": evidence.explanation_id and _explained(request.user, evidence),
        "versions": versions_of(evidence),
        "lines_form": DocumentLinesForm(evidence) if may_change else None,
        "copy_form": CopyOfForm(evidence) if may_change else None,
        "title_form": TitleForm(initial={"title": evidence.title}),
    }
    return render(request, "filing/document.html", context)


def _lines(evidence: Evidence):
    return evidence.answers.select_related("criterion__pillar").order_by("criterion__position")


def _address(user: User, answer: Answer) -> str:
    """The appraiser's line on the appraiser's desk, everybody else's on the form."""
    if user.has_role(Role.APPRAISER, Role.APPRAISAL_LEAD):
        return reverse("appraisal_line", args=[answer.pk])
    return line_address(answer)


def _explained(user: User, evidence: Evidence) -> Stand:
    """The contested line with which the file came: on the unit's result, or the explanation at the desk."""
    answer = Answer.objects.select_related("criterion").get(pk=evidence.explanation.answer_id)
    if files_for(user, evidence.assessment):
        return Stand(answer, f"{reverse('provisional', args=[evidence.assessment_id])}#line-{answer.pk}")
    return Stand(answer, reverse("explanation", args=[evidence.explanation_id]))


@login_required
@require_safe
def evidence_page(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """One page as a picture drawn by us, the only thing of a file that is shown inline. The right is asked each time."""
    evidence = evidence_or_404(request.user, pk)
    width = Width.LARGE if request.GET.get("width") == Width.LARGE else Width.PAGE
    drawn = _page(evidence, number, width)
    if drawn.why:
        raise NotFound(drawn.why.label)
    response = HttpResponse(drawn.picture, content_type=MEDIA_TYPE, headers=PRIVATE)
    response["Content-Disposition"] = f'inline; filename="trang-{number}.webp"'
    return response


def _page(evidence: Evidence, number: int, width: Width):
    try:
        return page_of_evidence(evidence, number, width)
    except FileNotFoundError as error:
        raise NotFound(_("The file is not in the store. Tell the administrator.")) from error
