"""One criterion typed for many units on one page: survey results, figures of a system, marks of the agency."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from core import clock
from core.errors import Conflict, DomainError, NotAllowed
from core.forms import show_refusal, status_of
from scoring.appraisal.entering import enter_lines
from scoring.appraisal.forms import EnterForm
from scoring.appraisal.permissions import can_enter
from scoring.appraisal.selectors.queue import lines_of
from scoring.appraisal.value_words import said_rule
from scoring.appraisal.views.access import desk_page, require_right
from scoring.appraisal.views.desk import cycle_or_404, summary
from scoring.models import Criterion


@desk_page
@require_http_methods(["GET", "HEAD", "POST"])
def enter(request: HttpRequest, year: int, pk: int) -> HttpResponse:
    cycle = cycle_or_404(year)
    related = Criterion.objects.select_related("criteria_set", "pillar", "responsible")
    criterion = get_object_or_404(related, pk=pk, criteria_set__in=cycle.groups.values("criteria_set"))
    if criterion.declared_by_unit:
        raise Http404
    verdict = can_enter(request.user, criterion, cycle)
    if request.method == "POST":
        require_right(verdict)
    lines = lines_of(request.user, cycle, criterion)
    waiting = [line for line in lines if not (line.blocked or line.is_decided or line.second)]
    form = EnterForm(request.POST if request.method == "POST" else None, criterion=criterion, lines=waiting)
    if request.method == "POST" and form.is_valid():
        try:
            count = enter_lines(
                cycle=cycle,
                criterion=criterion,
                entries=form.entries,
                reason=form.cleaned_data["reason"],
                actor=request.user,
            )
        except NotAllowed:
            raise
        except DomainError as refused:
            if isinstance(refused, Conflict):
                form = EnterForm(form.with_versions_of(waiting), criterion=criterion, lines=waiting)
            show_refusal(form, refused)
        else:
            sentence = ngettext("{n} unit entered.", "{n} units entered.", count)
            messages.success(request, sentence.format(n=count))
            return redirect("appraisal_criterion", year=year, pk=pk)
    context = {
        "cycle": cycle,
        "criterion": criterion,
        "form": form,
        "verdict": verdict,
        "now": clock.now(),
        "own": None,
    }
    context |= {"rule": said_rule(criterion.leaf)} | summary(lines)
    return render(request, "appraisal/enter.html", context, status=status_of(form))
