"""Evidence of a line: attach, take away, put back, hand out."""

from urllib.parse import quote

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.files.storage import default_storage
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.errors import DomainError, Invalid, NotFound, TooLarge, WrongType
from core.forms import refusals_in, status_of
from scoring.filing.evidence import attach_again, attach_evidence, remove_evidence
from scoring.filing.evidence_forms import EvidenceForm
from scoring.filing.filetypes import extension_of
from scoring.filing.frame import desk_frame
from scoring.filing.keeping import shown_name
from scoring.filing.uploads import open_uploads
from scoring.filing.views.access import evidence_of_line_or_404, line_or_404, possible_id
from scoring.filing.views.form import line_address, saved_line
from scoring.filing.views.offline import only_what_this_person_typed
from scoring.models import Answer, Evidence

_PRIVATE = {
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
    context = desk_frame(request.user, answer.assessment) | {
        "answer": answer,
        "form": form,
        "attached": attached,
        "begun": open_uploads(request.user, answer.assessment),
        "back_url": line_address(answer),
    }
    return render(request, template, context, status=status_of(form))


def _attach(request: HttpRequest, answer: Answer, form: EvidenceForm) -> list[Evidence]:
    """Each file for itself: one that is refused says so by its name and keeps no other from its line."""
    form.is_valid()
    too_large = getattr(request, "too_large_names", ())
    if too_large:
        form.errors.pop("file", None)  # something was chosen
    if form.errors:
        return []
    given, answers = dict(form.cleaned_data), [answer, *form.cleaned_data["lines"]]
    files, attached = given.get("file", []), []
    for name in too_large:
        _refuse(form, name, TooLarge(_("The file is larger than 20 MB.")))
    for one in answers if given["existing"] else ():
        attach_again(answer=one, evidence=given["existing"], actor=request.user)
    for file in files:
        title = given["title"] if len(files) == 1 else ""
        try:
            attached.append(attach_evidence(answers=answers, upload=file, title=title, actor=request.user))
        except (TooLarge, WrongType, Invalid) as refusal:
            _refuse(form, file.name, refusal)
    return attached


def _refuse(form: EvidenceForm, name: str, refusal: DomainError) -> None:
    form.add_error("file", f"{shown_name(name)}: {refusal.message}")
    form.refused_status = refusal.status


@login_required
@require_POST
@only_what_this_person_typed
def evidence_remove(request: HttpRequest, pk: int, evidence: int) -> HttpResponse:
    """Take a file away from a line; the toast offers to put it back."""
    answer = line_or_404(request.user, pk)
    file = evidence_of_line_or_404(answer, evidence)
    remove_evidence(answer=answer, evidence=file, actor=request.user)
    text = _("“{title}” was taken away from {code}.").format(title=file.title, code=answer.criterion.code)
    undo = reverse("evidence_restore", args=[answer.pk, file.pk])
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
    evidence = get_object_or_404(Evidence.objects.visible_to(request.user), pk=possible_id(pk))
    try:
        data = default_storage.open(evidence.stored_as)
    except FileNotFoundError as error:
        raise NotFound(_("The file is not in the store. Tell the administrator.")) from error
    response = FileResponse(data, content_type=evidence.media_type, headers=_PRIVATE)
    response["Content-Disposition"] = _attachment(evidence)
    return response


def _attachment(evidence: Evidence) -> str:
    """RFC 6266: a plain name for old programs, the real one in UTF-8; neither can end the header."""
    plain = f"tai-lieu-{evidence.pk}.{extension_of(evidence.original_name)}"
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(evidence.original_name, safe='')}"
