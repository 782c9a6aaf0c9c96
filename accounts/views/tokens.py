"""Tokens for programs: the list of one person, a new one shown once, revoked."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from accounts.forms import TokenForm
from accounts.models import ApiToken, User
from accounts.permissions import can_manage_tokens, can_see_people, can_see_tokens
from accounts.services import create_token, revoke_token
from core import clock
from core.forms import refusals_in, status_of


def _owner(request: HttpRequest, pk: int) -> User:
    owner = User.objects.filter(pk=pk).first()
    if owner is None:
        raise Http404
    can_see_tokens(request.user, owner).require()
    return owner


def _frame(request: HttpRequest, owner: User) -> dict:
    return {
        "person": owner,
        "is_self": owner.pk == request.user.pk,
        "sees_people": can_see_people(request.user),
        "may": can_manage_tokens(request.user, owner),
    }


@require_GET
@login_required
def tokens(request: HttpRequest, pk: int) -> HttpResponse:
    owner, now = _owner(request, pk), clock.now()
    rows = [(one, one.is_valid(now)) for one in owner.api_tokens.select_related("unit", "created_by")]
    return render(request, "accounts/tokens.html", _frame(request, owner) | {"rows": rows})


@require_http_methods(["GET", "POST"])
@login_required
def token_new(request: HttpRequest, pk: int) -> HttpResponse:
    """The token is shown in the answer to the form and nowhere else, so nothing is redirected."""
    owner = _owner(request, pk)
    can_manage_tokens(request.user, owner).require()
    form = TokenForm(request.POST if request.method == "POST" else None, owner=owner)
    if request.method == "POST" and form.is_valid():
        with refusals_in(form):
            token, text = create_token(user=owner, actor=request.user, **form.cleaned_data)
            return render(request, "accounts/token_made.html", _frame(request, owner) | {"token": token, "text": text})
    return render(request, "accounts/token_new.html", _frame(request, owner) | {"form": form}, status=status_of(form))


@require_http_methods(["GET", "POST"])
@login_required
def token_revoke(request: HttpRequest, pk: int) -> HttpResponse:
    token = get_object_or_404(ApiToken.objects.visible_to(request.user).select_related("user"), pk=pk)
    can_manage_tokens(request.user, token.user).require()
    if request.method == "POST":
        revoke_token(token=token, actor=request.user)
        messages.success(request, _("The token is revoked."))
        return redirect("tokens", token.user_id)
    return render(request, "accounts/token_revoke.html", _frame(request, token.user) | {"token": token})
