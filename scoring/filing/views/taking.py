"""Files of an ordinary post: each for itself, and each says how it ended."""

from collections.abc import Sequence

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext as _

from core.errors import DomainError, Invalid, TooLarge, WrongType
from scoring.filing.evidence import attach_evidence
from scoring.filing.keeping import shown_name
from scoring.models import Answer, Assessment, Evidence


def take_in(
    request: HttpRequest,
    form: forms.Form,
    *,
    assessment: Assessment,
    answers: Sequence[Answer] = (),
) -> list[Evidence]:
    """What was taken of the form's files (`file`). One that is refused says so by its name in the form's errors, and
    keeps no other from being taken; any other fault of the form refuses all. A refusal of all (right, time) is raised."""
    form.is_valid()
    too_large = getattr(request, "too_large_names", ())
    if too_large:
        form.errors.pop("file", None)  # something was chosen
    if form.errors:
        return []
    given, taken = dict(form.cleaned_data), []
    files = given.get("file", [])
    for name in too_large:
        _refuse(form, name, TooLarge(_("The file is larger than 20 MB.")))
    for file in files:
        title = given.get("title", "") if len(files) == 1 else ""
        try:
            one = attach_evidence(answers=answers, upload=file, title=title, actor=request.user, assessment=assessment)
        except (TooLarge, WrongType, Invalid) as refusal:
            _refuse(form, file.name, refusal)
        else:
            taken.append(one)
    return taken


def _refuse(form: forms.Form, name: str, refusal: DomainError) -> None:
    form.add_error("file", f"{shown_name(name)}: {refusal.message}")
    form.refused_status = refusal.status


def require_size(request: HttpRequest) -> None:
    """TooLarge where a file above the limit was thrown away at the door."""
    if getattr(request, "too_large", False):
        raise TooLarge(_("The file is larger than 20 MB."))
