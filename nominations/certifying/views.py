"""Pages of decisions: list, draft, one of them, sign, issue."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.forms import refusals_in, status_of
from nominations.certifying.forms import DraftForm, SignForm
from nominations.certifying.permissions import can_draft, can_issue, can_see_decisions, can_sign
from nominations.certifying.selectors import items_of, meetings_behind, waiting_by_form
from nominations.certifying.services import draft_decision, issue_certificates, sign_decision
from nominations.enums import AwardForm
from nominations.models import AWARDS, Decision, Nomination
from nominations.tabs import tabs_of
from scoring.models import Cycle

PAGE_SIZE = 50


@login_required
@require_safe
def decisions(request: HttpRequest) -> HttpResponse:
    can_see_decisions(request.user).require()
    seen = Decision.objects.visible_to(request.user).select_related("cycle").annotate(count=Count("items"))
    may_draft = can_draft(request.user)
    context = {
        "page_obj": Paginator(seen.order_by("-pk"), PAGE_SIZE).get_page(request.GET.get("page")),
        "tabs": tabs_of(request.user, "decisions"),
        "waiting": waiting_by_form() if may_draft else [],
        "may_draft": may_draft,
    }
    return render(request, "nominations/decisions.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def new_decision(request: HttpRequest, year: int, award: str) -> HttpResponse:
    """The approved nominations of one year and form, all ticked."""
    can_see_decisions(request.user).require()
    can_draft(request.user).require()
    if award not in AwardForm.values:
        raise Http404
    cycle = get_object_or_404(Cycle, year=year)
    approved = Nomination.objects.filter(cycle=cycle, form=award).approved_and_free().select_related("unit")
    form = DraftForm(approved, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        with refusals_in(form):
            made = draft_decision(cycle=cycle, form=award, actor=request.user, **form.cleaned_data)
        if not form.errors:
            return redirect("decision", pk=made.pk)
    context = {"form": form, "cycle": cycle, "award": AWARDS[award], "count": approved.count()}
    return render(request, "nominations/decision_new.html", context, status=status_of(form))


@login_required
@require_safe
def decision(request: HttpRequest, pk: int) -> HttpResponse:
    one = seen_decision(request, pk)
    items = items_of(one)
    context = {
        "decision": one,
        "items": items,
        "meetings": meetings_behind(one),
        "may_sign": can_sign(request.user, one, {item.nomination.unit_id for item in items}),
        "may_issue": can_issue(request.user, one),
    }
    return render(request, "nominations/decision.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def sign(request: HttpRequest, pk: int) -> HttpResponse:
    one = seen_decision(request, pk)
    items = items_of(one)
    can_sign(request.user, one, {item.nomination.unit_id for item in items}).require()
    form = SignForm(one, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        with refusals_in(form):
            sign_decision(decision=one, actor=request.user, **form.cleaned_data)
        if not form.errors:
            messages.success(request, _("The decision is signed."))
            return redirect("decision", pk=one.pk)
    facts = [item.nomination.recipient_name for item in items]
    return render(
        request,
        "nominations/decision_sign.html",
        {"decision": one, "form": form, "facts": facts},
        status=status_of(form),
    )


@login_required
@require_POST
def issue(request: HttpRequest, pk: int) -> HttpResponse:
    one = seen_decision(request, pk)
    made = issue_certificates(decision=one, actor=request.user)
    messages.success(request, _("{count} certificates are issued.").format(count=len(made)))
    return redirect("decision", pk=one.pk)


def seen_decision(request: HttpRequest, pk: int) -> Decision:
    seen = Decision.objects.visible_to(request.user).select_related("cycle__movement", "drafted_by")
    return get_object_or_404(seen, pk=pk)
