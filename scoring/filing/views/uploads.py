"""Files in pieces, for the page's script: begin, state, piece, finish. Refusals come as the sentence people read."""

from collections.abc import Callable
from functools import wraps

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from core.api.problem import problem_body
from core.errors import DomainError, Malformed
from scoring.filing.evidence_forms import BeginUploadForm, FinishUploadForm
from scoring.filing.uploads import MAX_PIECE, PIECE, add_piece, begin_upload, drop_upload, finish_upload
from scoring.filing.views.access import assessment_or_404
from scoring.models import Assessment, Upload

_ADDRESSES = {"url": "piece", "finish": "finish"}


def answers_a_script(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A refusal becomes {"code", "message"} with its status: the script shows the sentence beside the file."""

    @wraps(view)
    def answer(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except DomainError as error:
            return JsonResponse(problem_body(error.code, error.message), status=error.status)

    return answer


def _state(upload: Upload) -> JsonResponse:
    addresses = {name: reverse(f"upload_{view}", args=[upload.token]) for name, view in _ADDRESSES.items()}
    return JsonResponse({"received": upload.received, "size": upload.size, "piece": PIECE} | addresses)


def _own_or_404(request: HttpRequest, token: str) -> Upload:
    """Only the sender knows an upload, and only while the form may be seen."""
    seen = Assessment.objects.visible_to(request.user)
    return get_object_or_404(Upload, token=token, sent_by=request.user, assessment__in=seen)


@login_required
@require_POST
@answers_a_script
def upload_begin(request: HttpRequest, pk: int) -> HttpResponse:
    """How far this file has come: 0 for a new one, all of it where the unit has the bytes already."""
    assessment = assessment_or_404(request.user, pk)
    given = BeginUploadForm(request.POST).given()
    return _state(begin_upload(assessment=assessment, actor=request.user, **given))


@login_required
@require_http_methods(["GET", "HEAD", "PUT", "DELETE"])
@answers_a_script
def upload_piece(request: HttpRequest, token: str) -> HttpResponse:
    """GET how far it came; PUT the bytes from `?offset=`; DELETE gives it up."""
    upload = _own_or_404(request, token)
    if request.method == "PUT":
        offset = request.GET.get("offset", "")
        if not (offset.isascii() and offset.isdigit() and len(offset) < 10):
            raise Malformed(_("The address or the form is incomplete. Load the page again."))
        # One byte more than allowed is enough to know: a lying or endless body is never read to its end.
        upload = add_piece(upload=upload, offset=int(offset), data=request.read(MAX_PIECE + 1), actor=request.user)
    if request.method == "DELETE":
        drop_upload(upload=upload)
        return HttpResponse(status=204)
    return _state(upload)


@login_required
@require_POST
@answers_a_script
def upload_finish(request: HttpRequest, token: str) -> HttpResponse:
    """The file becomes evidence behind `lines`; the answer says what to write beside it."""
    upload = _own_or_404(request, token)
    given = FinishUploadForm(upload.assessment, request.POST).given()
    evidence = finish_upload(upload=upload, actor=request.user, **given)
    said = _("Attached: {title}.").format(title=evidence.title)
    if evidence.is_held_back:
        said = _("Attached, {state}: {title}.").format(title=evidence.title, state=evidence.get_scan_display())
    return JsonResponse(
        {"evidence": evidence.pk, "message": said, "lines": list(evidence.answers.values_list("pk", flat=True))}
    )
