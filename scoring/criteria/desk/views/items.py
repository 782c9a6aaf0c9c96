"""A group or a criterion: new, and changed. What was typed is kept when somebody else was quicker."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from core.errors import NotFound
from core.forms import refusals_in, status_of
from scoring.criteria import editing
from scoring.criteria.desk.changes import changed_meanwhile
from scoring.criteria.desk.forms.editor import NEXT, SAVES, act_in
from scoring.criteria.desk.forms.line import LineEditor, NewLineForm
from scoring.criteria.desk.forms.node import NodeForm
from scoring.criteria.desk.formula_names import names_for_formulas, titles_of
from scoring.criteria.desk.tree import standing_of, title_of
from scoring.criteria.desk.views.access import (
    for_builders,
    is_open,
    new_line_url,
    posted,
    row_url,
    set_or_404,
    version_in,
)
from scoring.criteria.draft import maxima_of, read
from scoring.criteria.drafting import add_item, change_item
from scoring.criteria.preview import Preview, preview
from scoring.models import CriteriaSet

WEIGHTED = ("weighted_mean", "geometric_mean")


@require_http_methods(["GET", "POST"])
@for_builders
def item_new(request: HttpRequest, pk: int, what: str) -> HttpResponse:
    """A new group or criterion under `?under=CODE`; without it, a group of the root, or bonus or penalty beside the tree."""
    shown = set_or_404(pk)
    document = read(shown.document)
    under = request.GET.get("under", document["root"]["code"] if what == "group" else editing.BESIDE)
    if under != editing.BESIDE:
        editing.item_of(document, under)
    proposed = {"code": editing.next_code(document, under)}
    given = posted(request)
    if what == "group":
        form = NodeForm(given, initial=proposed | {"aggregate": "sum"}, weighted=_is_weighted(document, under))
    else:
        form = NewLineForm(given, initial=proposed, beside=under == editing.BESIDE)
    if request.method == "POST" and form.is_valid():
        item = form.document({}) | {"children": []} if what == "group" else form.document()
        with refusals_in(form):
            add_item(criteria_set=shown, item=item, under=under, version=version_in(request), actor=request.user)
            if what == "group":
                return redirect(row_url(pk, item["code"]))
            return redirect("set_line", pk, item["code"])
        shown.refresh_from_db()
    context = {"set": shown, "form": form, "what": what, "under": _under_words(document, under)}
    return render(request, "builder/new_item.html", context, status=status_of(form))


def _under_words(document: editing.Document, under: str) -> str:
    return f"{under} {title_of(editing.item_of(document, under))}" if under else _("Bonus and penalty")


def _is_weighted(document: editing.Document, under: str) -> bool:
    return under != editing.BESIDE and editing.item_of(document, under).get("aggregate") in WEIGHTED


def _change(request: HttpRequest, shown: CriteriaSet, code: str, typed: editing.Document) -> None:
    seen = {"version": version_in(request), "seen": request.POST.get("seen", "")}
    change_item(criteria_set=shown, code=code, item=typed, **seen, actor=request.user)
    messages.success(request, _("{code} is saved.").format(code=typed["code"]))


@require_http_methods(["GET", "POST"])
@for_builders
def set_node(request: HttpRequest, pk: int, code: str) -> HttpResponse:
    shown = set_or_404(pk)
    document = read(shown.document)
    item = editing.item_of(document, code)
    if not editing.is_node(item):
        raise NotFound(_("The set has no criterion or group with the code {code}.").format(code=code[:80]))
    under = "" if item is document["root"] else editing.find(document, code).under
    weighted = _is_weighted(document, under) or item.get("weight", "1") != "1"
    form = NodeForm(posted(request), initial=NodeForm.initial_of(item), weighted=weighted)
    meanwhile: list[tuple[str, str]] = []
    if request.method == "POST" and form.is_valid():
        typed = form.document(item)
        with refusals_in(form):
            _change(request, shown, code, typed)
            return redirect(row_url(pk, typed["code"]))
        shown.refresh_from_db()
        meanwhile = changed_meanwhile(item, typed) if status_of(form) == 409 else []
    context = {
        "set": shown, "form": form, "code": code, "is_open": is_open(shown, request), "meanwhile": meanwhile,
        "is_root": item is document["root"], "standing": standing_of(maxima_of(document)[code]),
        "seen": editing.digest(item),
    }  # fmt: skip
    return render(request, "builder/node.html", context, status=status_of(form))


@require_http_methods(["GET", "POST"])
@for_builders
def set_line(request: HttpRequest, pk: int, code: str) -> HttpResponse:
    """The form of a criterion. Buttons that only change the form (`do`: kind, add, drop) save nothing."""
    shown = set_or_404(pk)
    document, act = read(shown.document), act_in(request.POST)
    editor, place = _line_editor(document, code, posted(request), act)
    meanwhile: list[tuple[str, str]] = []
    if request.method == "POST" and act in SAVES and editor.is_valid():
        typed = editor.document()
        with refusals_in(editor.form):
            _change(request, shown, code, typed)
            if act == NEXT:
                return redirect(new_line_url(pk, place.under))
            return redirect(row_url(pk, typed["code"]))
        shown.refresh_from_db()
        meanwhile = changed_meanwhile(place.item, typed) if status_of(editor.form) == 409 else []
    context = _line_context(request, shown, document, editor, place) | {"meanwhile": meanwhile, "saves": act in SAVES}
    if act == "preview":
        context["preview"] = _previewed(request, shown, document, editor, place)
        if request.headers.get("HX-Request"):
            return render(request, "builder/_preview.html", context)
    return render(request, "builder/line.html", context, status=editor.status(act))


def _previewed(
    request: HttpRequest, shown: CriteriaSet, document: editing.Document, editor: LineEditor, place: editing.Place
) -> Preview:
    """The typed rule on last year's data; what cannot be read is said instead. Nothing is saved."""
    if not editor.is_valid():
        return Preview([], [error["message"] for error in editor.errors])
    group, beside = request.POST.get("group", ""), place.under == editing.BESIDE
    return preview(shown, document, place.item["code"], editor.document(), beside=beside, group=group)


def _line_editor(
    document: editing.Document, code: str, data: Mapping[str, str] | None, act: str = ""
) -> tuple[LineEditor, editing.Place]:
    place = editing.find(document, code)
    if editing.is_node(place.item):
        raise NotFound(_("The set has no criterion or group with the code {code}.").format(code=code[:80]))
    beside, weighted = place.under == editing.BESIDE, _is_weighted(document, place.under)
    return LineEditor(place.item, beside=beside, weighted=weighted, data=data, act=act), place


def _line_context(
    request: HttpRequest, shown: CriteriaSet, document: editing.Document, editor: LineEditor, place: editing.Place
) -> dict[str, Any]:
    return {
        "set": shown, "code": place.item["code"], "item_title": title_of(place.item), "editor": editor,
        "is_open": is_open(shown, request), "under": _under_words(document, place.under),
        "seen": editing.digest(place.item),
        "names": names_for_formulas(document, place.item) if editor.rule.kind == "formula" else None,
        "in_words": editor.rule.in_words(titles_of(document)) if editor.rule.kind == "formula" else "",
    }  # fmt: skip
