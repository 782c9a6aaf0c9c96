"""The library of a form's evidence: the list, new files, files of former years; and the acts on one file."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core import antivirus
from core.forms import read_query, refusals_in, status_of
from core.paging import page_of
from scoring.filing.evidence_forms import (
    DocumentLinesForm,
    LibraryFilter,
    NewerVersionForm,
    NewFilesForm,
    ReuseForm,
    TitleForm,
)
from scoring.filing.frame import desk_frame
from scoring.filing.keeping import MAX_BYTES_PER_ASSESSMENT
from scoring.filing.library import (
    bring_back,
    rename_evidence,
    replace_evidence,
    reuse_evidence,
    set_lines,
    withdraw_evidence,
)
from scoring.filing.quarantine import can_see_quarantine, held_back
from scoring.filing.shelf import Shelf, room_taken, shelf_of
from scoring.filing.uploads import open_uploads
from scoring.filing.views.access import assessment_or_404, evidence_or_404
from scoring.filing.views.taking import require_size, take_in
from scoring.models import Assessment, Evidence


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def evidence_library(request: HttpRequest, pk: int) -> HttpResponse:
    """The files of one form. POST takes new ones in, behind no line yet."""
    assessment = assessment_or_404(request.user, pk)
    if request.method != "POST":
        return _list(request, assessment, NewFilesForm())
    form = NewFilesForm(request.POST, request.FILES)
    taken = take_in(request, form, assessment=assessment)
    if taken:
        text = ngettext("{n} file was taken in.", "{n} files were taken in.", len(taken))
        messages.success(request, text.format(n=len(taken)))
    if form.errors:
        return _list(request, assessment, form)
    return redirect(_shelf_address(assessment, Shelf.UNLINKED))


def _shelf_address(assessment: Assessment, part: Shelf = Shelf.ALL) -> str:
    return reverse("evidence_library", args=[assessment.pk]) + (f"?part={part}" if part else "")


def _list(request: HttpRequest, assessment: Assessment, form, *, part: Shelf | None = None) -> HttpResponse:
    filters = LibraryFilter(request.GET)
    asked = read_query(filters)
    part = Shelf(asked["part"]) if part is None else part
    files = shelf_of(request.user, assessment, part, asked["q"], asked["sort"] or "-sent")
    context = desk_frame(request.user, assessment) | {
        "filters": filters,
        "part": part,
        "parts": [(value, label, _shelf_address(assessment, Shelf(value))) for value, label in Shelf.choices],
        "files": page_of(files, asked["page"]),
        "taken": room_taken(assessment),
        "room": MAX_BYTES_PER_ASSESSMENT,
        "begun": open_uploads(request.user, assessment),
        "form": form,
    }
    return render(request, "filing/library.html", context, status=status_of(form))


@login_required
@require_POST
def evidence_reuse(request: HttpRequest, pk: int) -> HttpResponse:
    """Files of former years, chosen in the list, into this year's form."""
    assessment = assessment_or_404(request.user, pk)
    offered = [one.evidence.pk for one in shelf_of(request.user, assessment, Shelf.FORMER)]
    form = ReuseForm(Evidence.objects.filter(pk__in=offered), request.POST)
    if form.is_valid():
        with refusals_in(form):
            for one in form.cleaned_data["evidence"]:
                reuse_evidence(evidence=one, assessment=assessment, answers=[], actor=request.user)
    if form.errors:
        return _list(request, assessment, form, part=Shelf.FORMER)
    messages.success(request, _("The chosen files stand in this year's form. Now put each behind its lines."))
    return redirect(_shelf_address(assessment, Shelf.UNLINKED))


@login_required
@require_POST
def evidence_lines(request: HttpRequest, pk: int) -> HttpResponse:
    """The lines behind which one file stands."""
    evidence = evidence_or_404(request.user, pk)
    form = DocumentLinesForm(evidence, request.POST)
    if form.is_valid():
        with refusals_in(form):
            set_lines(evidence=evidence, answers=list(form.cleaned_data["lines"]), actor=request.user)
    return _done(request, form, evidence, _("The lines of the file are saved."))


@login_required
@require_POST
def evidence_rename(request: HttpRequest, pk: int) -> HttpResponse:
    evidence, form = evidence_or_404(request.user, pk), TitleForm(request.POST)
    if form.is_valid():
        with refusals_in(form):
            rename_evidence(evidence=evidence, title=form.cleaned_data["title"], actor=request.user)
    return _done(request, form, evidence, _("The name of the document is saved."))


def _done(request: HttpRequest, form, evidence: Evidence, said: str) -> HttpResponse:
    if form.errors:
        context = desk_frame(request.user, evidence.assessment) | {"evidence": evidence, "form": form}
        return render(request, "filing/document_refused.html", context, status=status_of(form))
    messages.success(request, said)
    return redirect("evidence_view", pk=evidence.pk)


@login_required
@require_POST
def evidence_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Out of the form with it; the toast offers to bring it back."""
    evidence = evidence_or_404(request.user, pk)
    withdraw_evidence(evidence=evidence, actor=request.user)
    text = _("“{title}” was removed from the form.").format(title=evidence.title)
    messages.info(request, text, extra_tags=reverse("evidence_bring_back", args=[evidence.pk]))
    return redirect(_shelf_address(evidence.assessment))


@login_required
@require_POST
def evidence_bring_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Undo a removal; the file stands where it stood."""
    evidence = evidence_or_404(request.user, pk, removed=True)
    bring_back(evidence=evidence, actor=request.user)
    messages.success(request, _("“{title}” stands in the form again.").format(title=evidence.title))
    return redirect("evidence_view", pk=evidence.pk)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def evidence_replace(request: HttpRequest, pk: int) -> HttpResponse:
    """A newer version of one file."""
    evidence = evidence_or_404(request.user, pk)
    sent = request.method == "POST"
    form = (
        NewerVersionForm(request.POST, request.FILES) if sent else NewerVersionForm(initial={"title": evidence.title})
    )
    if sent:
        with refusals_in(form):
            require_size(request)
            if form.is_valid():
                given = form.cleaned_data
                newer = replace_evidence(
                    evidence=evidence, upload=given["file"], title=given["title"], actor=request.user
                )
        if not form.errors:
            messages.success(request, _("The newer version stands behind the lines of the older one."))
            return redirect("evidence_view", pk=newer.pk)
    context = desk_frame(request.user, evidence.assessment) | {"evidence": evidence, "form": form}
    return render(request, "filing/replace.html", context, status=status_of(form))


@login_required
@require_safe
def evidence_quarantine(request: HttpRequest) -> HttpResponse:
    """What the virus check holds back, of every unit; names only, no bytes."""
    can_see_quarantine(request.user).require()
    files = page_of(held_back(), request.GET.get("page"))
    context = {"files": files, "is_checked": antivirus.is_installed()}
    return render(request, "filing/quarantine.html", context)
