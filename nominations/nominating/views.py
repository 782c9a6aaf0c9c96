"""Pages: the nominations, a new one, one of them, its editing."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.official import formal_name
from core.errors import Conflict
from core.forms import read_query, refusals_in, status_of
from core.paging import page_of
from core.verdict import first_no
from nominations.models import Nomination
from nominations.nominating.forms import DRAFT, EditForm, NominateForm, NominationsFilter
from nominations.nominating.page import nomination_page, seen
from nominations.nominating.permissions import (
    are_there_places,
    can_edit,
    can_nominate,
    can_prepare,
    can_see_nominations,
)
from nominations.nominating.places import open_lines
from nominations.nominating.selectors import (
    award_cycle,
    name_grades,
    nomination_years,
    nominations_of,
    own_rows,
    ranked_counts,
)
from nominations.nominating.services import edit_nomination, nominate, prepare_nomination
from nominations.tabs import tabs_of


@login_required
@require_safe
def nominations(request: HttpRequest) -> HttpResponse:
    """What the person may see, newest year first; for a unit also its own figures to nominate from."""
    can_see_nominations(request.user).require()
    form = NominationsFilter(request.GET, years=nomination_years(request.user))
    page = page_of(nominations_of(request.user, **read_query(form)), request.GET.get("page"))
    cycle = award_cycle()
    rows, lines = list(own_rows(request.user, cycle)), open_lines(cycle)
    name_grades([*page, *rows])
    places = are_there_places(lines)
    context = {
        "tabs": tabs_of(request.user, "nominations"),
        "form": form,
        "is_filtered": any(form.cleaned_data.values()),
        "page_obj": page,
        "cycle": cycle,
        "lines": lines,
        "rows": [(row, first_no(can_prepare(request.user, row), places)) for row in rows],
        "may_prepare": first_no(can_prepare(request.user, rows[0] if rows else None), places),
        "is_head": any(can_nominate(request.user, row) for row in rows),
    }
    return render(request, "nominations/nominations.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def new_nomination(request: HttpRequest) -> HttpResponse:
    """The head nominates in one step or keeps a draft; an officer prepares the draft."""
    can_see_nominations(request.user).require()
    cycle = award_cycle()
    rows = own_rows(request.user, cycle)
    can_prepare(request.user, rows.first()).require()
    data, asked = request.POST if request.method == "POST" else None, request.GET.get("row") or rows[0].pk
    lines = open_lines(cycle)
    form = NominateForm(rows, data, initial={"row": asked}, lines=lines)
    if data and form.is_valid():
        with refusals_in(form):
            return _made(request, form)
    shown = list(rows)
    name_grades(shown)
    counts = ranked_counts(row.run_id for row in shown)
    context = {
        "form": form,
        "lines": lines,
        "places": are_there_places(lines),
        "figures": [(row, formal_name(row.unit), counts.get(row.run_id)) for row in shown],
        "is_head": any(can_nominate(request.user, row) for row in shown),
    }
    return render(request, "nominations/nominate.html", context, status=status_of(form))


def _made(request: HttpRequest, form: NominateForm) -> HttpResponse:
    given = {"row": form.cleaned_data["row"], "proposal": form.proposal(), "actor": request.user}
    if form.cleaned_data["act"] == DRAFT:
        made, said = prepare_nomination(**given), _("The draft on “{name}” is kept; the head of the unit signs it.")
    else:
        made, said = nominate(**given), _("“{name}” is nominated.")
    messages.success(request, said.format(name=made.recipient_name))
    return redirect("nomination", pk=made.pk)


@login_required
@require_safe
def nomination(request: HttpRequest, pk: int) -> HttpResponse:
    return nomination_page(request, seen(request, pk))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """What was typed stays when somebody else was first; what is saved then stands beside it."""
    one = seen(request, pk)
    can_edit(request.user, one).require()
    lines = open_lines(one.cycle)
    form = EditForm(request.POST if request.method == "POST" else None, initial=EditForm.initial_of(one), lines=lines)
    saved: Nomination | None = None
    if request.method == "POST" and form.is_valid():
        with refusals_in(form):
            version = form.cleaned_data["version"]
            try:
                edit_nomination(nomination=one, proposal=form.proposal(), version=version, actor=request.user)
            except Conflict as refusal:
                saved = _compared(form, one) if refusal.code == "ERR-STALE" else None
                raise
            messages.success(request, _("Saved."))
            return redirect("nomination", pk=pk)
    context = {"form": form, "nomination": one, "lines": lines, "places": are_there_places(lines), "saved": saved}
    return render(request, "nominations/nomination_edit.html", context, status=status_of(form))


def _compared(form: EditForm, one: Nomination) -> Nomination:
    """What is saved now; the form now counts as written against it, so that a second save is a choice."""
    saved = get_object_or_404(Nomination, pk=one.pk)
    form.data = form.data.copy()
    form.data["version"] = str(saved.version)
    return saved
