"""What everybody reads about the criteria: the published sets, and each criterion with its rule."""

from itertools import groupby

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from core.public_pages import public_page, render_public
from scoring.criteria.comparing.selectors import readable_or_404, years_before
from scoring.criteria.provenance import is_reconstruction, provenance_counts
from scoring.criteria.selectors import agencies_of, listed_sets, public_sets
from scoring.criteria.wording import parts, scoring_sentences
from scoring.engine.aggregate import maxima
from scoring.inputs import said


@public_page
def criteria_sets(request: HttpRequest) -> HttpResponse:
    years = [(year, list(sets)) for year, sets in groupby(listed_sets(), key=lambda one: one.year)]
    return render_public(request, "criteria/criteria_sets.html", {"years": years})


@public_page
def criteria_set(request: HttpRequest, code: str, year: int) -> HttpResponse:
    one = get_object_or_404(public_sets(), code=code, year=year)
    definition = one.definition
    most = maxima(definition)
    context = {
        "one": one, "definition": definition, "parts": parts(definition, most, agencies_of(one)),
        "sentences": scoring_sentences(definition),
        "provenance": provenance_counts(definition), "is_reconstruction": is_reconstruction(definition),
        "years_before": years_before(request.user, one),
        "maximum": most[definition.root.code], "count": len(definition.lines),
        "grades": [(said(grade.title), grade.from_points) for grade in definition.grades],
    }  # fmt: skip
    return render_public(request, "criteria/criteria_set.html", context)


@public_page
def criteria_set_file(request: HttpRequest, code: str, year: int) -> HttpResponse:
    """The canonical document: its SHA-256 is the set's identity. Of a draft, to those who read drafts."""
    one = readable_or_404(request.user, code, year)
    response = HttpResponse(one.document, content_type="application/json")
    response["Content-Disposition"] = f'attachment; filename="criteria-set-{one.code}-{one.year}.json"'
    return response
