"""The tree of a set, moved by buttons; and what asks before many codes change or something goes."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.models import Unit
from core.forms import refusals_in, status_of
from scoring.criteria import editing
from scoring.criteria.desk.tree import STEPS, standing_of, title_of, tree_rows
from scoring.criteria.desk.views.access import (
    for_builders,
    for_readers,
    is_open,
    posted,
    row_url,
    set_or_404,
    version_in,
)
from scoring.criteria.draft import line_count, maxima_of, read
from scoring.criteria.drafting import move_item, remove_item, renumber_items
from scoring.criteria.findings import findings
from scoring.criteria.selectors import has_next_year
from scoring.criteria.services import can_build_sets
from scoring.enums import SetState


@require_GET
@for_readers
def set_build(request: HttpRequest, pk: int) -> HttpResponse:
    shown = set_or_404(pk)
    document = read(shown.document)
    agencies = {unit.name: unit.short_label for unit in Unit.objects.all()}
    found = findings(document) if shown.state == SetState.DRAFT else []
    rows = tree_rows(document, found, agencies)
    context = {
        "set": shown, "rows": [row for row in rows if row.is_node or row.under],
        "parts": [row for row in rows if row.is_node and row.depth == 1],
        "beside": [row for row in rows if not row.is_node and not row.under],
        "is_open": is_open(shown, request), "can_build": can_build_sets(request.user), "steps": STEPS,
        "can_clone": can_build_sets(request.user) and shown.state != SetState.DRAFT and not has_next_year(shown),
        "total": standing_of(maxima_of(document)[document["root"]["code"]]), "root": document["root"]["code"],
        "count": line_count(document), "faults": len(found),
    }  # fmt: skip
    return render(request, "builder/set.html", context)


@require_POST
@for_builders
def set_move(request: HttpRequest, pk: int) -> HttpResponse:
    """One step of one item: `move` is `up:CODE`."""
    step, _colon, code = request.POST.get("move", "").partition(":")
    shown = set_or_404(pk)
    move_item(criteria_set=shown, code=code, step=step, version=version_in(request), actor=request.user)
    return redirect(row_url(pk, code))


@require_http_methods(["GET", "POST"])
@for_builders
def set_remove(request: HttpRequest, pk: int, code: str) -> HttpResponse:
    shown = set_or_404(pk)
    document = read(shown.document)
    place = editing.find(document, code)
    form = forms.Form(posted(request))
    if request.method == "POST" and form.is_valid():
        with refusals_in(form):
            remove_item(criteria_set=shown, code=code, version=version_in(request), actor=request.user)
            messages.success(request, _("{code} is removed.").format(code=code))
            return redirect(row_url(pk, place.under or document["root"]["code"]))
    below = list(editing.places({"root": place.item, "adjustments": []})) if "children" in place.item else []
    facts = [
        ngettext(
            "{n} criterion or group under it goes too", "{n} criteria and groups under it go too", len(below)
        ).format(n=len(below))
    ] * bool(below)
    facts += [
        _("The formula of {code} takes its points").format(code=one) for one in editing.references(document, code)
    ]
    context = {"set": shown, "code": code, "title": title_of(place.item), "facts": facts, "form": form}
    return render(request, "builder/remove.html", context, status=status_of(form))


@require_http_methods(["GET", "POST"])
@for_builders
def set_renumber(request: HttpRequest, pk: int, code: str) -> HttpResponse:
    """GET lists old and new codes; POST gives exactly those, or refuses where the set changed."""
    shown = set_or_404(pk)
    document = read(shown.document)
    given = editing.renumbering(document, code)
    form = forms.Form(posted(request))
    if request.method == "POST" and form.is_valid():
        with refusals_in(form):
            renumber_items(criteria_set=shown, given=given, version=version_in(request), actor=request.user)
            messages.success(request, _("The codes under {code} follow their places now.").format(code=code))
            return redirect(row_url(pk, code))
    listed = [(old, new, title_of(editing.find(document, old).item)) for old, new in given.items()]
    context = {"set": shown, "code": code, "listed": listed, "form": form}
    return render(request, "builder/renumber.html", context, status=status_of(form))
