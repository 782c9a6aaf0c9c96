"""Roles: given, ended, withdrawn, handed over to the next person."""

from datetime import timedelta

from django.contrib import messages
from django.db.models import F, Value
from django.db.models.functions import Coalesce, NullIf
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from accounts.forms import EndRoleForm, HandOverForm, RoleForm
from accounts.models import RoleMembership, User
from accounts.services import (
    NewAccount,
    end_role,
    grant_role,
    hand_over,
    hand_over_to_new_account,
    withdraw_role,
)
from accounts.views.access import for_administrators
from accounts.views.people import shown_once
from core.forms import refusals_in, status_of


def _membership(pk: int) -> RoleMembership:
    return get_object_or_404(RoleMembership.objects.select_related("user", "unit"), pk=pk)


@for_administrators
def role_new(request: HttpRequest, pk: int) -> HttpResponse:
    shown = get_object_or_404(User.objects.visible_to(request.user), pk=pk)
    form = RoleForm(request.POST if request.method == "POST" else None, initial={"from_on": request.user.today})
    if request.method == "POST" and form.is_valid():
        with refusals_in(form):
            grant_role(user=shown, actor=request.user, **form.cleaned_data)
            messages.success(request, _("The role is given."))
            return redirect("person", pk=pk)
    return render(request, "accounts/role_new.html", {"form": form, "person": shown}, status=status_of(form))


@for_administrators
def role_end(request: HttpRequest, pk: int) -> HttpResponse:
    membership = _membership(pk)
    form = EndRoleForm(request.POST if request.method == "POST" else None, initial={"last_on": request.user.today})
    if request.method == "POST" and form.is_valid():
        with refusals_in(form):
            end_role(membership=membership, actor=request.user, **form.cleaned_data)
            messages.success(request, _("The end of the role is set."))
            return redirect("person", pk=membership.user_id)
    context = {"form": form, "membership": membership, "person": membership.user}
    return render(request, "accounts/role_end.html", context, status=status_of(form))


@for_administrators
def role_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    membership = _membership(pk)
    if request.method == "POST":
        withdraw_role(membership=membership, actor=request.user)
        messages.success(request, _("The role is withdrawn."))
        return redirect("person", pk=membership.user_id)
    context = {"membership": membership, "person": membership.user}
    return render(request, "accounts/role_withdraw.html", context)


@for_administrators
def role_hand_over(request: HttpRequest, pk: int) -> HttpResponse:
    membership = _membership(pk)
    first_on = max(request.user.today, membership.from_on + timedelta(days=1))
    form = HandOverForm(
        request.POST if request.method == "POST" else None, initial={"first_on": first_on, "way": HandOverForm.EXISTING}
    )
    if request.method == "POST" and form.is_valid():
        with refusals_in(form):
            return _hand_over(request, membership, form.cleaned_data)
    context = {"form": form, "membership": membership, "person": membership.user, "people": _successors(membership)}
    return render(request, "accounts/role_hand_over.html", context, status=status_of(form))


def _hand_over(request: HttpRequest, membership: RoleMembership, given: dict) -> HttpResponse:
    first_on = given["first_on"]
    if given["way"] == HandOverForm.EXISTING:
        successor = hand_over(membership=membership, to=given["to_user"], first_on=first_on, actor=request.user)
        messages.success(request, _("The role is handed over to {name}.").format(name=successor.user.full_name))
        return redirect("person", pk=successor.user_id)
    names = ("username", "full_name", "position", "email", "phone")
    account = NewAccount(role=membership.role, unit=membership.unit, **{name: given[name] for name in names})
    successor, password = hand_over_to_new_account(
        membership=membership, to=account, first_on=first_on, actor=request.user
    )
    return shown_once(request, successor.user, password)


def _successors(membership: RoleMembership) -> list[User]:
    """Who may be proposed: open accounts, with the unit of one membership so that namesakes can be told apart."""
    people = User.objects.filter(is_active=True).exclude(pk=membership.user_id)
    unit_name = F("memberships__unit__short_name")
    if get_language() == "en":
        unit_name = Coalesce(NullIf(F("memberships__unit__name_en"), Value("")), unit_name)
    return list(people.annotate(unit_name=unit_name).order_by("name_sort").distinct()[:2000])
