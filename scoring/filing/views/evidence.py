"""Evidence of a line: attach, take away, put back, hand out."""

from urllib.parse import quote

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.files.storage import default_storage
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.errors import NotAllowed, NotFound
from core.forms import refusals_in, status_of
from scoring.filing.evidence import attach_again, remove_evidence
from scoring.filing.evidence_forms import EvidenceForm
from scoring.filing.filetypes import extension_of
from scoring.filing.frame import desk_frame
from scoring.filing.uploads import open_uploads
from scoring.filing.views.access import evidence_of_line_or_404, evidence_or_404, line_or_404
from scoring.filing.views.form import line_address, saved_line
from scoring.filing.views.offline import only_what_this_person_typed
from scoring.filing.views.taking import take_in
from scoring.models import Answer, Evidence

# On every byte that came from outside, original or drawn again (reliability.md E.6).
PRIVATE = {
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "sandbox; default-src 'none'",
    "Cross-Origin-Resource-Policy": "same-site",
    "Cache-Control": "private, no-store",
    "Referrer-Policy": "no-referrer",
}


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@only_what_this_person_typed
def evidence_attach(request: HttpRequest, pk: int) -> HttpResponse:
    """The page to choose files for one line; with `HX-Request` only its form."""
    answer = line_or_404(request.user, pk)
    sent = request.method == "POST"
    form = EvidenceForm(answer, request.POST, request.FILES) if sent else EvidenceForm(answer)
    attached: list[Evidence] = []
    if sent:
        with refusals_in(form):
            attached = _attach(request, answer, form)
        if not form.errors:
            return saved_line(request, answer) if request.htmx else redirect(line_address(answer))
    template = "filing/_evidence_form.html" if request.htmx else "filing/evidence.html"
    frame = desk_frame(request.user, answer.assessment)
    context = frame | {
        "answer": answer,
        "form": form,
        "attached": attached,
        "begun": open_uploads(request.user, answer.assessment),
        "back_url": line_address(answer),
        "can_edit": frame["line_gate"](answer),
    }
    return render(request, template, context, status=status_of(form))


def _attach(request: HttpRequest, answer: Answer, form: EvidenceForm) -> list[Evidence]:
    answers = [answer, *form.cleaned_data.get("lines", ())] if form.is_valid() else [answer]
    taken = take_in(request, form, assessment=answer.assessment, answers=answers)
    if existing := not form.errors and form.cleaned_data["existing"]:
        for one in answers:
            attach_again(answer=one, evidence=existing, actor=request.user)
    return taken


@login_required
@require_POST
@only_what_this_person_typed
def evidence_remove(request: HttpRequest, pk: int, evidence: int) -> HttpResponse:
    """Take a file away from a line; the toast offers to put it back."""
    answer = line_or_404(request.user, pk)
    file = evidence_of_line_or_404(answer, evidence)
    remove_evidence(answer=answer, evidence=file, actor=request.user)
    return taken_away(request, answer, file.title, undo=reverse("evidence_restore", args=[answer.pk, file.pk]))


def taken_away(request: HttpRequest, answer: Answer, title: str, *, undo: str) -> HttpResponse:
    """The line without what stood behind it, and the way to undo that."""
    text = _("“{title}” was taken away from {code}.").format(title=title, code=answer.criterion.code)
    if request.htmx:
        return saved_line(request, answer, toast={"text": text, "undo_url": undo})
    messages.info(request, text, extra_tags=undo)
    return redirect(line_address(answer))


@login_required
@require_POST
@only_what_this_person_typed
def evidence_restore(request: HttpRequest, pk: int, evidence: int) -> HttpResponse:
    """Put a file back behind the line it was taken away from."""
    answer = line_or_404(request.user, pk)
    attach_again(answer=answer, evidence=evidence_of_line_or_404(answer, evidence), actor=request.user)
    return saved_line(request, answer) if request.htmx else redirect(line_address(answer))


@login_required
@require_safe
def evidence_line(request: HttpRequest, pk: int) -> HttpResponse:
    """The line as it stands, for a page whose script has just attached something to it."""
    return saved_line(request, line_or_404(request.user, pk))


@login_required
@require_safe
def evidence_file(request: HttpRequest, pk: int) -> FileResponse:
    """The original bytes, always as an attachment. The right is asked at every download."""
    evidence = evidence_or_404(request.user, pk)
    if evidence.is_held_back:
        raise NotAllowed(_("“{title}”: {state}.").format(title=evidence.title, state=evidence.get_scan_display()))
    try:
        data = default_storage.open(evidence.stored_as)
    except FileNotFoundError as error:
        raise NotFound(_("The file is not in the store. Tell the administrator.")) from error
    response = FileResponse(data, content_type=evidence.media_type, headers=PRIVATE)
    response["Content-Disposition"] = _attachment(evidence)
    return response


def _attachment(evidence: Evidence) -> str:
    """RFC 6266: a plain name for old programs, the real one in UTF-8; neither can end the header."""
    plain = f"tai-lieu-{evidence.pk}.{extension_of(evidence.original_name)}"
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(evidence.original_name, safe='')}"
