"""The set itself: its form, a new one, publishing, next year's draft, throwing away, retiring."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from core import clock
from core.forms import refusals_in, status_of
from scoring.criteria.desk.changes import changed_meanwhile
from scoring.criteria.desk.forms.editor import SAVE, act_in
from scoring.criteria.desk.forms.whole import NewSetForm, WholeEditor
from scoring.criteria.desk.views.access import for_builders, is_open, posted, set_or_404, version_in
from scoring.criteria.draft import line_count, read
from scoring.criteria.drafting import change_whole, discard_draft, retire_set, start_set
from scoring.criteria.findings import ROOT_OF_SET, Finding, findings
from scoring.criteria.services import clone_set, publish_set
from scoring.enums import SetState
from scoring.models import CriteriaSet


@require_http_methods(["GET", "POST"])
@for_builders
def set_start(request: HttpRequest) -> HttpResponse:
    form = NewSetForm(posted(request), initial={"year": clock.today().year + 1})
    if request.method == "POST" and form.is_valid():
        with refusals_in(form):
            made = start_set(**form.cleaned_data, actor=request.user)
            return redirect("set_build", made.pk)
    return render(request, "builder/new_set.html", {"form": form}, status=status_of(form))


@require_http_methods(["GET", "POST"])
@for_builders
def set_form(request: HttpRequest, pk: int) -> HttpResponse:
    shown = set_or_404(pk)
    document, act = read(shown.document), act_in(request.POST)
    editor = WholeEditor(document, posted(request), act)
    meanwhile: list[tuple[str, str]] = []
    if request.method == "POST" and act == SAVE and editor.is_valid():
        typed = editor.document()
        with refusals_in(editor.form):
            change_whole(criteria_set=shown, values=typed, version=version_in(request), actor=request.user)
            messages.success(request, _("The set is saved."))
            return redirect("set_build", pk)
        shown.refresh_from_db()
        now = {name: document[name] for name in typed}
        meanwhile = changed_meanwhile(now, typed) if status_of(editor.form) == 409 else []
    context = {
        "set": shown,
        "editor": editor,
        "is_open": is_open(shown, request),
        "meanwhile": meanwhile,
        "saves": act == SAVE,
    }
    return render(request, "builder/whole.html", context, status=editor.status(act))


@require_http_methods(["GET", "POST"])
@for_builders
def set_publish(request: HttpRequest, pk: int) -> HttpResponse:
    """Everything that stands against it, each with its place; else the question."""
    shown = set_or_404(pk)
    document = read(shown.document)
    form = forms.Form(posted(request))
    if request.method == "POST" and form.is_valid():
        version = version_in(request) if "version" in request.POST else None
        with refusals_in(form):
            publish_set(criteria_set=shown, version=version, actor=request.user)
            messages.success(request, _("The set {name} is published and can no longer change.").format(name=shown))
            return redirect("set_build", pk)
        shown.refresh_from_db()
    found = findings(document) if shown.state == SetState.DRAFT else []
    count = line_count(document)
    facts = [_("{n} criteria, version {name}").format(n=count, name=shown)]
    context = {"set": shown, "facts": facts, "form": form, "found": [(one, url_of(pk, one)) for one in found]}
    return render(request, "builder/publish.html", context, status=status_of(form))


def url_of(pk: int, one: Finding) -> str:
    """The box in which the fault is mended."""
    if one.code == ROOT_OF_SET:
        return f"{reverse('set_form', args=[pk])}#id_{one.field}"
    if one.field == "children":
        return f"{reverse('set_build', args=[pk])}#row-{one.code}"
    return f"{reverse('set_node' if one.kind == 'node' else 'set_line', args=[pk, one.code])}#id_{one.field}"


@require_POST
@for_builders
def set_clone(request: HttpRequest, pk: int) -> HttpResponse:
    source = set_or_404(pk)
    made = clone_set(source=source, year=source.year + 1, actor=request.user)
    messages.success(request, _("The draft {name} is made from it.").format(name=made))
    return redirect("set_build", made.pk)


@require_http_methods(["GET", "POST"])
@for_builders
def set_discard(request: HttpRequest, pk: int) -> HttpResponse:
    shown = set_or_404(pk)
    form = forms.Form(posted(request))
    if request.method == "POST" and form.is_valid():
        with refusals_in(form):
            discard_draft(criteria_set=shown, version=version_in(request), actor=request.user)
            messages.success(request, _("The draft {name} is thrown away.").format(name=shown))
            return redirect(f"{reverse('cycles')}#sets")
    count = line_count(read(shown.document))
    facts = [ngettext("{n} criterion goes", "{n} criteria go", count).format(n=count)]
    return render(request, "builder/discard.html", {"set": shown, "facts": facts, "form": form}, status=status_of(form))


@require_http_methods(["GET", "POST"])
@for_builders
def set_retire(request: HttpRequest, pk: int) -> HttpResponse:
    shown: CriteriaSet = set_or_404(pk)
    form = forms.Form(posted(request))
    if request.method == "POST" and form.is_valid():
        with refusals_in(form):
            retire_set(criteria_set=shown, actor=request.user)
            messages.success(request, _("The set {name} is retired.").format(name=shown))
            return redirect(f"{reverse('cycles')}#sets")
    return render(request, "builder/retire.html", {"set": shown, "form": form}, status=status_of(form))
