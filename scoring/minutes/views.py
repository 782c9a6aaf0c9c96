"""The minutes of a group and of a unit as Word files, and the check of one that the office has edited."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods, require_safe

from core.downloads import attachment
from core.forms import read_query, refusals_in, status_of
from scoring.appraisal.views.desk import cycle_or_404
from scoring.minutes.forms import PaperForm, too_large
from scoring.minutes.scope import Scope, of_unit, scope_for
from scoring.models import Assessment, Cycle
from scoring.oversight.forms import GroupFilter
from scoring.oversight.views import overseers_page

MAX_SHOWN = 200


def _asked(request: HttpRequest, cycle: Cycle) -> tuple[GroupFilter, Scope | None]:
    """The group in the address, or the first, as far as the person may read it."""
    form = GroupFilter(request.GET, cycle=cycle)
    read_query(form)
    return form, scope_for(request.user, form.chosen) if form.chosen else None


@overseers_page
@require_http_methods(["GET", "HEAD", "POST"])
def minutes(request: HttpRequest, year: int) -> HttpResponse:
    """POST checks a file; it changes nothing, so there is nothing to redirect from."""
    cycle = cycle_or_404(year)
    form, scope = _asked(request, cycle)
    sent = request.method == "POST"
    if sent and getattr(request, "too_large", False):  # the file was thrown away while it came in (core.uploads)
        raise too_large()
    paper = PaperForm(request.POST, request.FILES) if sent else PaperForm()
    if sent and paper.is_valid():
        with refusals_in(paper):
            return _report(request, cycle, paper.contents())
    context = {"cycle": cycle, "form": form, "scope": scope, "paper": paper, "query": request.GET.urlencode()}
    return render(request, "minutes/minutes.html", context, status=status_of(paper))


def _report(request: HttpRequest, cycle: Cycle, data: bytes) -> HttpResponse:
    from scoring.minutes import checking  # noqa: PLC0415 - loads docxtpl, which few pages need

    figures = checking.figures_in(data)
    identity = checking.identity_of(figures)
    scope = checking.scope_of(identity, scope_for(request.user, checking.group_of(identity)))
    found = checking.checked(figures, scope)
    context = {"cycle": cycle, "checked": found, "shown": found.findings[:MAX_SHOWN]}
    return render(request, "minutes/report.html", context)


@overseers_page
@require_safe
def minutes_file(request: HttpRequest, year: int) -> HttpResponse:
    _form, scope = _asked(request, cycle_or_404(year))
    if scope is None:
        raise Http404
    return _paper(request, scope, f"bien-ban-tham-dinh-{scope.one.group.code}-{year}.docx")


@overseers_page
@require_safe
def unit_minutes(request: HttpRequest, pk: int) -> HttpResponse:
    related = Assessment.objects.visible_to(request.user).select_related("cycle", "unit", "group")
    form = get_object_or_404(related, pk=pk)
    one = get_object_or_404(form.cycle.groups.select_related("group", "criteria_set", "cycle"), group=form.group_id)
    scope = of_unit(scope_for(request.user, one), form.unit_id)
    if scope is None:  # the own unit before it learns of its marks
        raise Http404
    return _paper(request, scope, f"bien-ban-tham-dinh-{form.unit.code}-{form.cycle.year}.docx")


def _paper(request: HttpRequest, scope: Scope, name: str) -> HttpResponse:
    from scoring.minutes.making import minutes as made  # noqa: PLC0415 - loads docxtpl, which few pages need

    response = attachment(made(scope, request.user.full_name), name)
    response["Cache-Control"] = "private, no-store"
    return response
