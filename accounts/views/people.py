"""People: the list, one person, a new account, a change of name or position."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from accounts.forms import NewAccountForm, PeopleFilter, PersonForm
from accounts.models import Unit, User
from accounts.permissions import can_administer
from accounts.selectors import people as people_found
from accounts.selectors import roles_of, rows_of, sign_in_of
from accounts.services import change_person, create_accounts
from accounts.views.access import for_administrators, for_readers, tabs
from core import clock
from core.forms import read_query, refusals_in, status_of
from core.paging import page_of, without


@require_GET
@for_readers
def people(request: HttpRequest) -> HttpResponse:
    form = PeopleFilter(request.GET)
    asked, now = read_query(form), clock.now()
    unit = Unit.objects.get(code=asked["unit"]) if asked["unit"] else None
    found = people_found(
        viewer=request.user, q=asked["q"], role=asked["role"], unit=unit, state=asked["state"], now=now
    )
    page = page_of(found, request.GET.get("page"))
    context = {
        "form": form,
        "page": page,
        "rows": rows_of(page, today=request.user.today, now=now),
        "active": [{"label": said, "url": without(request.GET, name)} for name, said in form.active().items()],
        "may": can_administer(request.user),
        "tabs": tabs(request.user, "people"),
    }
    return render(request, "accounts/_people.html" if request.htmx else "accounts/people.html", context)


@require_GET
@for_readers
def person(request: HttpRequest, pk: int) -> HttpResponse:
    shown = get_object_or_404(User.objects.visible_to(request.user), pk=pk)
    context = {
        "person": shown,
        "roles": roles_of(shown, request.user.today),
        "sign_in": sign_in_of(shown, clock.now()),
        "may": can_administer(request.user),
        "is_self": shown.pk == request.user.pk,
    }
    return render(request, "accounts/person.html", context)


@for_administrators
def person_new(request: HttpRequest) -> HttpResponse:
    """The password is shown in the answer to the form and nowhere else, so nothing is redirected."""
    form = NewAccountForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        with refusals_in(form):
            passwords = create_accounts(accounts=[form.account()], actor=request.user)
            made = User.objects.get(username__in=passwords)
            return shown_once(request, made, passwords[made.username])
    return render(request, "accounts/person_new.html", {"form": form}, status=status_of(form))


def shown_once(request: HttpRequest, owner: User, password: str) -> HttpResponse:
    """The page with a temporary password. It stays out of every cache (core.middleware.KeepPrivate)."""
    context = {"person": owner, "password": password, "site": request.build_absolute_uri("/")}
    return render(request, "accounts/password.html", context)


@for_administrators
def person_edit(request: HttpRequest, pk: int) -> HttpResponse:
    shown = get_object_or_404(User.objects.visible_to(request.user), pk=pk)
    names = ("full_name", "position", "email", "phone")
    form = PersonForm(
        request.POST if request.method == "POST" else None, initial={name: getattr(shown, name) for name in names}
    )
    if request.method == "POST" and form.is_valid():
        with refusals_in(form):
            change_person(user=shown, actor=request.user, **form.person())
            messages.success(request, _("Saved."))
            return redirect("person", pk=pk)
    return render(request, "accounts/person_edit.html", {"form": form, "person": shown}, status=status_of(form))
