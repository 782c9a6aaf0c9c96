"""Acts on one nomination: sign, return, complete, eligible or not, consider again, withdraw."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from core.forms import refusals_in, status_of
from nominations.models import Nomination
from nominations.nominating import dossier
from nominations.nominating.forms import EligibleForm, ReasonForm, SignForm
from nominations.nominating.page import ineligible_form, nomination_page, return_form, seen
from nominations.nominating.permissions import can_withdraw
from nominations.nominating.services import submit_nomination, withdraw_nomination


@login_required
@require_POST
def submitted(request: HttpRequest, pk: int) -> HttpResponse:
    one, form = seen(request, pk), SignForm(request.POST)
    if form.is_valid():
        with refusals_in(form):
            one = submit_nomination(nomination=one, version=form.cleaned_data["version"], actor=request.user)
            return _done(request, one, _("“{name}” is nominated."))
    # The answer shows what is saved now, and that is what a second signature is for.
    now = seen(request, pk)
    form.data = {"version": now.version}
    return nomination_page(request, now, sign_form=form)


@login_required
@require_POST
def returned(request: HttpRequest, pk: int) -> HttpResponse:
    one, form = seen(request, pk), return_form(request.POST)
    if form.is_valid():
        with refusals_in(form):
            one = dossier.return_dossier(nomination=one, reason=form.cleaned_data["reason"], actor=request.user)
            return _done(request, one, _("The dossier of “{name}” went back to the unit."))
    return nomination_page(request, one, return_form=form)


@login_required
@require_POST
def checked(request: HttpRequest, pk: int) -> HttpResponse:
    one = dossier.check_dossier(nomination=seen(request, pk), actor=request.user)
    return _done(request, one, _("The dossier of “{name}” is complete."))


@login_required
@require_POST
def found_eligible(request: HttpRequest, pk: int) -> HttpResponse:
    one, form = seen(request, pk), EligibleForm(request.POST)
    if form.is_valid():
        with refusals_in(form):
            confirmed = form.cleaned_data["conduct_confirmed"]
            one = dossier.find_eligible(nomination=one, conduct_confirmed=confirmed, actor=request.user)
            return _done(request, one, _("“{name}” is eligible and can be put before the council."))
    return nomination_page(request, one, eligible_form=form)


@login_required
@require_POST
def found_ineligible(request: HttpRequest, pk: int) -> HttpResponse:
    one, form = seen(request, pk), ineligible_form(request.POST)
    if form.is_valid():
        with refusals_in(form):
            one = dossier.find_ineligible(nomination=one, reason=form.cleaned_data["reason"], actor=request.user)
            return _done(request, one, _("“{name}” is not eligible; the unit reads why."))
    return nomination_page(request, one, ineligible_form=form)


@login_required
@require_POST
def reconsidered(request: HttpRequest, pk: int) -> HttpResponse:
    one = dossier.reconsider(nomination=seen(request, pk), actor=request.user)
    return _done(request, one, _("The eligibility of “{name}” is considered again."))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def withdrawn(request: HttpRequest, pk: int) -> HttpResponse:
    one = seen(request, pk)
    can_withdraw(request.user, one).require()
    form = ReasonForm(
        request.POST if request.method == "POST" else None,
        label=_("Why it is withdrawn"),
        help_text=_("The unit and the emulation secretary read it."),
    )
    if request.method == "POST" and form.is_valid():
        with refusals_in(form):
            one = withdraw_nomination(nomination=one, reason=form.cleaned_data["reason"], actor=request.user)
            return _done(request, one, _("The nomination of “{name}” is withdrawn."))
    context = {"form": form, "nomination": one}
    return render(request, "nominations/nomination_withdraw.html", context, status=status_of(form))


def _done(request: HttpRequest, one: Nomination, sentence: str) -> HttpResponse:
    messages.success(request, sentence.format(name=one.recipient_name))
    return redirect("nomination", pk=one.pk)
