"""The history of a form and of its lines, and the way back from one's own last change."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from core.forms import read_query
from core.paging import page_of
from scoring.filing.changes import last_own_change
from scoring.filing.frame import desk_frame
from scoring.filing.history import History
from scoring.filing.history_forms import HistoryFilter
from scoring.filing.undoing import undo_answer
from scoring.filing.views.access import assessment_or_404, line_or_404, possible_id
from scoring.filing.views.form import line_address, saved_line
from scoring.models import Answer, Assessment


@login_required
@require_safe
def assessment_history(request: HttpRequest, pk: int) -> HttpResponse:
    """Everything that was done to the form, or to one line of it, the newest first."""
    form = assessment_or_404(request.user, pk)
    history = History(form)
    asked = HistoryFilter(request.GET, history=history)
    chosen = read_query(asked)
    page = page_of(history.entries(chosen["line"], chosen["who"]), request.GET.get("page"))
    frame = desk_frame(request.user, form)
    line = _line(form, chosen["line"]) if chosen["line"] else None
    context = frame | {
        "form": asked,
        "page": page,
        "events": history.events(page, chosen["line"]),
        "count_text": ngettext("{n} entry", "{n} entries", page.paginator.count).format(n=page.paginator.count),
        "line": line,
        "line_url": line_address(line) if line else "",
        "can_be_undone": bool(line and frame["can_edit"] and last_own_change(line, request.user)),
    }
    return render(request, "filing/history.html", context)


def _line(form: Assessment, code: str) -> Answer:
    answer = form.answers.select_related("criterion__pillar").get(criterion__code=code)
    answer.criterion.criteria_set = form.criteria_set
    return answer


@login_required
@require_POST
def answer_undo(request: HttpRequest, pk: int, version: int) -> HttpResponse:
    """Take back one's own last change of the line as it stood in `version`."""
    answer = line_or_404(request.user, pk)
    undo_answer(answer=answer, version=possible_id(version), actor=request.user)
    if request.htmx:
        return saved_line(request, answer)
    messages.info(request, _("What stood in line {code} before is back.").format(code=answer.criterion.code))
    return redirect(line_address(answer))
