"""The page of one nomination, also the answer to a refused act on it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _

from core.forms import status_of
from nominations.enums import NominationState
from nominations.models import Nomination
from nominations.nominating.eligibility import clauses_of
from nominations.nominating.forms import EligibleForm, ReasonForm, SignForm
from nominations.nominating.permissions import (
    can_check_dossier,
    can_edit,
    can_judge_eligibility,
    can_reconsider,
    can_submit,
    can_withdraw,
)
from nominations.nominating.selectors import grades_of_run, name_grades, ranked_counts
from nominations.nominating.wording import ClauseLine, clause_lines

# Before the finding the clauses are read as they stand now; afterwards the page shows those that were kept.
NOT_FOUND_ON = frozenset(
    {NominationState.DRAFT, NominationState.SUBMITTED, NominationState.INCOMPLETE, NominationState.COMPLETE}
)


def seen(request: HttpRequest, pk: int) -> Nomination:
    rows = Nomination.objects.visible_to(request.user).select_related(
        "unit", "cycle__movement", "nominated_by", "run__criteria_set"
    )
    return get_object_or_404(rows.defer("run__snapshot"), pk=pk)


def nomination_page(request: HttpRequest, one: Nomination, **sent) -> HttpResponse:
    """`sent` is the form that was not accepted, by its name here; its status becomes the answer's."""
    name_grades([one])
    user = request.user
    forms = {"sign_form": SignForm(initial={"version": one.version}), "eligible_form": EligibleForm()}
    forms |= {"return_form": return_form(), "ineligible_form": ineligible_form()}
    lines = lines_of(one)
    context = forms | {
        "nomination": one,
        "ranked": ranked_counts([one.run_id]).get(one.run_id),
        "motions": one.motions.visible_to(user).select_related("meeting").order_by("pk"),
        "clauses": lines,
        "is_found": one.state not in NOT_FOUND_ON,
        "all_met": all(line.is_met for line in lines),
        "may_edit": can_edit(user, one),
        "may_submit": can_submit(user, one),
        "may_check": can_check_dossier(user, one),
        "may_judge": can_judge_eligibility(user, one),
        "may_reconsider": can_reconsider(user, one),
        "may_withdraw": can_withdraw(user, one),
    }
    refused = next(iter(sent.values()), None)
    status = status_of(refused) if refused else 200
    return render(request, "nominations/nomination.html", context | sent | {"refused": refused}, status=status)


def lines_of(one: Nomination) -> list[ClauseLine]:
    kept = [clause.as_row() for clause in clauses_of(one)] if one.state in NOT_FOUND_ON else one.clauses
    return clause_lines(kept, grades_of_run(one.run_id)) if kept else []


def return_form(data=None) -> ReasonForm:
    return ReasonForm(data, prefix="return", label=_("What is missing"), help_text=_("The unit reads it."))


def ineligible_form(data=None) -> ReasonForm:
    return ReasonForm(data, prefix="ineligible", label=_("Why it is not eligible"), help_text=_("The unit reads it."))
