"""How often each check speaks: for the head's page and for the audit entry of a submission."""

from collections import Counter
from collections.abc import Iterable

from scoring.filing.checks.catalogue import Finding, Severity


def warnings_by_check(found: Iterable[Finding]) -> dict[str, int]:
    """Check's id → how many warnings, the most frequent first."""
    return dict(Counter(one.check.id for one in found if one.severity == Severity.WARNING).most_common())
