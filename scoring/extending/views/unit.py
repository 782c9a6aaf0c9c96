"""The unit's page: until when it files, what it asked for, what came of it, and the form to ask."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from core.forms import refusals_in, status_of
from scoring.enums import ExtensionState
from scoring.extending.forms import MoreTimeForm, WithdrawForm
from scoring.extending.permissions import can_ask
from scoring.extending.selectors import extensions_of
from scoring.extending.services import ask_extension, withdraw_extension
from scoring.filing.frame import desk_frame
from scoring.filing.views.access import assessment_or_404, possible_id
from scoring.models import Extension
from scoring.models.assessment import FILES


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def extension(request: HttpRequest, pk: int) -> HttpResponse:
    shown = assessment_or_404(request.user, pk)
    form = MoreTimeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        with refusals_in(form):
            if form.is_valid():
                ask_extension(assessment=shown, until=form.end, reason=form.cleaned_data["reason"], actor=request.user)
                messages.success(request, _("The request is with the scoring secretary."))
                return redirect("extension", pk)
    frame, extensions = desk_frame(request.user, shown), extensions_of(shown)
    context = frame | {
        "form": form,
        "history": [one for one in extensions if one.state != ExtensionState.ASKED],
        "pending": next((one for one in extensions if one.state == ExtensionState.ASKED), None),
        "verdict": can_ask(request.user, shown, shown.cycle, frame["now"]),
    }
    return render(request, "extending/extension.html", context, status=status_of(form))


@login_required
@require_POST
def extension_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """The unit takes its request back, or the committee ends what it granted."""
    one = get_object_or_404(
        Extension.objects.visible_to(request.user).select_related("assessment__cycle"), pk=possible_id(pk)
    )
    form = WithdrawForm(request.POST)
    reason = form.cleaned_data["reason"] if form.is_valid() else ""
    withdraw_extension(extension=one, reason=reason, actor=request.user)
    messages.success(request, _("Withdrawn; it stays on record."))
    if one.assessment.unit_id in request.user.units_as(*FILES):
        return redirect("extension", one.assessment_id)
    return redirect(reverse("board_unit", args=[one.assessment.cycle.year, one.assessment_id]) + "#extension")
