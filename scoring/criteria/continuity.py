"""Which version came before a set, and which criterion of it a criterion continues: last year's figure under this year's code."""

from collections.abc import Mapping

from scoring.enums import SetState
from scoring.models import CodeLink, CriteriaSet


def earlier_version(criteria_set: CriteriaSet) -> CriteriaSet | None:
    """The latest version of the same code from a year before that was published."""
    published = CriteriaSet.objects.filter(code=criteria_set.code, year__lt=criteria_set.year)
    return published.exclude(state=SetState.DRAFT).order_by("-year").first()


def earlier_codes(later: CriteriaSet, earlier_id: int) -> Mapping[str, str] | None:
    """Criterion of `later` → the criterion of the earlier set that it continues; None where equal codes mean the same.

    One query where `later` continues that set, none where no map was made; else the maps of the versions between are
    followed one after the other.
    """
    if later.pk == earlier_id or later.continues_id is None:
        return None
    if later.continues_id == earlier_id:
        return _links(later.pk)
    codes: Mapping[str, str] | None = None
    continues = dict(CriteriaSet.objects.filter(code=later.code).values_list("pk", "continues"))
    at: int | None = later.pk
    while at is not None and at != earlier_id:
        links = _links(at) if continues.get(at) else {}
        codes = links if codes is None else {new: links[old] for new, old in codes.items() if old in links}
        at = continues.get(at)
    return codes if at == earlier_id else None


def _links(criteria_set_id: int) -> dict[str, str]:
    links = CodeLink.objects.filter(criteria_set=criteria_set_id)
    return dict(links.values_list("criterion__code", "earlier__code"))
