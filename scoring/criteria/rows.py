"""Pillars and criteria as rows, for other tables to point at. The document is the truth; the rows follow it."""

from decimal import Decimal
from fractions import Fraction

from accounts.models import Unit
from scoring.criteria.draft import maxima_of
from scoring.criteria.editing import BESIDE, Document, is_node, places
from scoring.models import CriteriaSet, Criterion, Pillar

_PILLAR_FIELDS = ["title_vi", "title_en", "max_points", "position"]
_CRITERION_FIELDS = [
    "pillar", "title_vi", "title_en", "max_points", "position", "declared_by_unit", "evidence_required", "responsible",
]  # fmt: skip


def write_rows(criteria_set: CriteriaSet, document: Document) -> None:
    """Bring the rows of a draft in line with its document; deeper nodes belong to their pillar. Seven queries.

    A row keeps its key as long as its code stays. What has no maximum yet counts 0.
    """
    pillars = _write_pillars(criteria_set, document)
    agencies = {unit.name: unit for unit in Unit.objects.all()}
    rows, pillar = [], None
    for place in places(document):
        item = place.item
        if place.depth == 1:
            pillar = pillars.get(item["code"]) if is_node(item) else None
        if is_node(item):
            continue
        kind = item["rule"].get("kind")
        rows.append(
            Criterion(
                criteria_set=criteria_set,
                pillar=None if place.under == BESIDE else pillar,
                code=item["code"],
                max_points=Decimal(item.get("max_points") or 0),
                position=len(rows),
                declared_by_unit=item.get("source_kind", "declared") == "declared" and kind != "penalty",
                evidence_required=item.get("evidence", {}).get("required", False),
                responsible=agencies.get(item.get("appraiser", "")),
                **_titles(item),
            )
        )
    criteria_set.criteria.exclude(code__in=[row.code for row in rows]).delete()
    Criterion.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["criteria_set", "code"], update_fields=_CRITERION_FIELDS
    )
    criteria_set.pillars.exclude(code__in=pillars).delete()


def _write_pillars(criteria_set: CriteriaSet, document: Document) -> dict[str, Pillar]:
    maxima = maxima_of(document)
    nodes = [item for item in document["root"]["children"] if is_node(item)]
    Pillar.objects.bulk_create(
        [
            Pillar(
                criteria_set=criteria_set,
                code=node["code"],
                max_points=_decimal(maxima[node["code"]].reached),
                position=position,
                **_titles(node),
            )
            for position, node in enumerate(nodes)
        ],
        update_conflicts=True,
        unique_fields=["criteria_set", "code"],
        update_fields=_PILLAR_FIELDS,
    )
    wanted = {node["code"] for node in nodes}
    return {pillar.code: pillar for pillar in criteria_set.pillars.all() if pillar.code in wanted}


def _titles(item: Document) -> dict[str, str]:
    return {"title_vi": item["title"]["vi"], "title_en": item["title"].get("en") or item["title"]["vi"]}


def _decimal(value: Fraction) -> Decimal:
    return Decimal(value.numerator) / value.denominator
