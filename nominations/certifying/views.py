"""Pages of decisions: list, draft, one of them, sign, issue."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models import User
from core import clock
from core.forms import refusals_in, status_of
from nominations.certifying.forms import DraftForm, SignForm
from nominations.certifying.money import in_words
from nominations.certifying.permissions import can_discard, can_draft, can_issue, can_see_decisions, can_sign
from nominations.certifying.rates import show_expected, total_vnd
from nominations.certifying.selectors import (
    items_of,
    meetings_behind,
    next_number,
    revocations_of,
    units_of,
    waiting_by_form,
)
from nominations.certifying.services import discard_draft, draft_decision, issue_certificates, sign_decision
from nominations.enums import AwardForm, DecisionKind
from nominations.models import AWARDS, Certificate, Decision, Nomination
from nominations.models.certificate import book_number
from nominations.tabs import tabs_of
from scoring.models import Cycle

PAGE_SIZE = 50


@login_required
@require_safe
def decisions(request: HttpRequest) -> HttpResponse:
    can_see_decisions(request.user).require()
    seen = Decision.objects.visible_to(request.user).select_related("cycle")
    seen = seen.annotate(count=Count("items", distinct=True) + Count("revocations", distinct=True))
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
    context = {
        "decision": one,
        "may_sign": can_sign(request.user, one, units_of(one)),
        "may_discard": can_discard(request.user, one),
        "opens": _certificates_opened_by(request.user, one),
    }
    if one.kind == DecisionKind.REVOCATION:
        return render(request, "nominations/revocation.html", context | {"revocations": revocations_of(one)})
    items = items_of(one)
    missing = show_expected(one, items)
    total = total_vnd(items)
    context |= {
        "items": items,
        "missing": missing,
        "total_vnd": total,
        "total_words": in_words(total) if total is not None else "",
        "today": clock.today(),
        "meetings": meetings_behind(one),
        "may_issue": can_issue(request.user, one),
    }
    return render(request, "nominations/decision.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def sign(request: HttpRequest, pk: int) -> HttpResponse:
    one = seen_decision(request, pk)
    can_sign(request.user, one, units_of(one)).require()
    form = SignForm(one, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        with refusals_in(form):
            sign_decision(decision=one, actor=request.user, **form.cleaned_data)
        if not form.errors:
            messages.success(request, _("The decision is signed."))
            return redirect("decision", pk=one.pk)
    context = {"decision": one, "form": form, "facts": _names(one)}
    return render(request, "nominations/decision_sign.html", context, status=status_of(form))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def discard(request: HttpRequest, pk: int) -> HttpResponse:
    """Asks once more, then throws the draft away."""
    one = seen_decision(request, pk)
    can_discard(request.user, one).require()
    if request.method == "POST":
        discard_draft(decision=one, actor=request.user)
        messages.success(request, _("The draft is discarded."))
        return redirect("decisions")
    return render(request, "nominations/decision_discard.html", {"decision": one, "facts": _names(one)})


def _certificates_opened_by(user: User, one: Decision) -> set[int]:
    about = Q(decision=one) | Q(revocation__decision=one)
    return set(Certificate.objects.visible_to(user).filter(about).values_list("pk", flat=True))


def _names(one: Decision) -> list[str]:
    """Whom the decision is about, as the question before an act lists them."""
    if one.kind == DecisionKind.REVOCATION:
        return [f"{row.certificate.recipient_name} ({row.certificate.book_number})" for row in revocations_of(one)]
    return [item.nomination.recipient_name for item in items_of(one)]


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def issue(request: HttpRequest, pk: int) -> HttpResponse:
    """Asks once more, with the numbers that will be taken, then issues."""
    one = seen_decision(request, pk)
    can_issue(request.user, one).require()
    if request.method == "POST":
        made = issue_certificates(decision=one, actor=request.user)
        messages.success(request, _("{count} certificates are issued.").format(count=len(made)))
        return redirect("decision", pk=one.pk)
    names = _names(one)
    context = {"decision": one, "facts": names, "first": book_number(next_number(one.year), one.year)}
    return render(request, "nominations/decision_issue.html", context | {"count": len(names)})


def seen_decision(request: HttpRequest, pk: int) -> Decision:
    seen = Decision.objects.visible_to(request.user).select_related("cycle__movement", "drafted_by")
    return get_object_or_404(seen, pk=pk)
