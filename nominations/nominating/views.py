"""Pages: the nominations, a new one, one of them."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.forms import refusals_in, status_of
from nominations.models import Nomination
from nominations.nominating.forms import NominateForm
from nominations.nominating.permissions import can_check_dossier, can_nominate, can_see_nominations
from nominations.nominating.selectors import (
    award_cycle,
    formal_name,
    name_grades,
    nominations_of,
    own_rows,
    ranked_counts,
)
from nominations.nominating.services import check_dossier, nominate
from nominations.tabs import tabs_of

PAGE_SIZE = 50


@login_required
@require_safe
def nominations(request: HttpRequest) -> HttpResponse:
    """What the person may see, newest year first; for a unit also its own figures to nominate from."""
    can_see_nominations(request.user).require()
    page = Paginator(nominations_of(request.user), PAGE_SIZE).get_page(request.GET.get("page"))
    cycle = award_cycle()
    rows = list(own_rows(request.user, cycle))
    name_grades([*page, *rows])
    context = {
        "tabs": tabs_of(request.user, "nominations"),
        "page_obj": page,
        "cycle": cycle,
        "rows": [(row, can_nominate(request.user, row)) for row in rows],
        "may_nominate": can_nominate(request.user, rows[0] if rows else None),
    }
    return render(request, "nominations/nominations.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def new_nomination(request: HttpRequest) -> HttpResponse:
    can_see_nominations(request.user).require()
    rows = own_rows(request.user, award_cycle())
    can_nominate(request.user, rows.first()).require()
    form = NominateForm(
        rows, request.POST if request.method == "POST" else None, initial={"row": request.GET.get("row") or rows[0].pk}
    )
    if request.method == "POST" and form.is_valid():
        with refusals_in(form):
            made = nominate(row=form.cleaned_data["row"], proposal=form.proposal(), actor=request.user)
        if not form.errors:
            messages.success(request, _("“{name}” is nominated.").format(name=made.recipient_name))
            return redirect("nomination", pk=made.pk)
    shown = list(rows)
    name_grades(shown)
    names = {row.pk: formal_name(row.unit) for row in shown}
    counts = ranked_counts(row.run_id for row in shown)
    figures = [(row, names[row.pk], counts.get(row.run_id)) for row in shown]
    return render(request, "nominations/nominate.html", {"form": form, "figures": figures}, status=status_of(form))


@login_required
@require_safe
def nomination(request: HttpRequest, pk: int) -> HttpResponse:
    one = _seen(request, pk)
    name_grades([one])
    context = {
        "nomination": one,
        "ranked": ranked_counts([one.run_id]).get(one.run_id),
        "motions": one.motions.visible_to(request.user).select_related("meeting").order_by("pk"),
        "may_check": can_check_dossier(request.user, one),
    }
    return render(request, "nominations/nomination.html", context)


@login_required
@require_POST
def dossier_checked(request: HttpRequest, pk: int) -> HttpResponse:
    one = check_dossier(nomination=_seen(request, pk), actor=request.user)
    messages.success(request, _("The dossier of “{name}” is complete.").format(name=one.recipient_name))
    return redirect("nomination", pk=one.pk)


def _seen(request: HttpRequest, pk: int) -> Nomination:
    seen = Nomination.objects.visible_to(request.user).select_related("unit", "cycle__movement", "nominated_by")
    return get_object_or_404(seen, pk=pk)
