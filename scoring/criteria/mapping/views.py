"""The code map of a draft: each criterion beside the one that it continues; read-only once published."""

from dataclasses import dataclass

from django.contrib import messages
from django.forms import BoundField
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from core.errors import DomainError
from core.forms import show_refusal, status_of
from scoring.criteria.codes import set_code_map
from scoring.criteria.comparing.selectors import readable_or_404
from scoring.criteria.continuity import earlier_codes, earlier_version
from scoring.criteria.desk.views.access import for_builders, is_open
from scoring.criteria.mapping.forms import PREFIX, CodeMapForm
from scoring.models import CriteriaSet, Criterion


@dataclass(frozen=True)
class Line:
    """A criterion, its box, and the earlier criterion that stands in it (None where it is new)."""

    criterion: Criterion
    box: BoundField
    earlier: Criterion | None


@require_http_methods(["GET", "POST"])
@for_builders
def set_codes(request: HttpRequest, code: str, year: int) -> HttpResponse:
    shown = readable_or_404(request.user, code, year)
    # A published set keeps the version that it was mapped to, a draft goes with the latest.
    earlier = earlier_version(shown) if is_open(shown, request) else shown.continues
    if earlier is None:
        return render(request, "criteria/no_difference.html", {"one": shown})
    form = _form(request, shown, earlier)
    if request.method == "POST" and form.is_valid():
        try:
            set_code_map(
                criteria_set=shown,
                continues=earlier,
                codes=form.codes(),
                version=form.cleaned_data["version"],
                actor=request.user,
            )
        except DomainError as error:
            error.fields = {f"{PREFIX}{name}": sentence for name, sentence in error.fields.items()}
            show_refusal(form, error)
        else:
            messages.success(request, _("The code map is saved."))
            return redirect("set_codes", code, year)
    return render(request, "criteria/codes.html", _page(request, shown, earlier, form), status=status_of(form))


def _form(request: HttpRequest, shown: CriteriaSet, earlier: CriteriaSet) -> CodeMapForm:
    criteria = list(shown.criteria.select_related("pillar"))
    there = {one.code for one in earlier.criteria.all()}
    kept = earlier_codes(shown, earlier.pk) if shown.continues_id == earlier.pk else None
    if kept is None:  # not looked at yet: equal codes are proposed
        kept = {one.code: one.code for one in criteria if one.code in there}
    data = request.POST if request.method == "POST" else None
    return CodeMapForm(data, criteria=criteria, kept=dict(kept), criteria_set=shown)


def _page(request: HttpRequest, shown: CriteriaSet, earlier: CriteriaSet, form: CodeMapForm) -> dict:
    old = {one.code: one for one in earlier.criteria.all()}
    lines = [
        Line(one, form[f"{PREFIX}{one.code}"], old.get(form[f"{PREFIX}{one.code}"].value())) for one in form.criteria
    ]
    continued = {line.earlier.code for line in lines if line.earlier}
    return {
        "set": shown, "earlier": earlier, "form": form, "lines": lines, "old": list(old.values()),
        "left": [one for code, one in old.items() if code not in continued],
        "is_open": is_open(shown, request),
    }  # fmt: skip
