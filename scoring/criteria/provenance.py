"""Where the wording of a criterion, or of a whole set, comes from. The shipped sets are a reconstruction, never official."""

from collections import Counter

from django.utils.translation import gettext as _

from scoring import engine


def provenance_words(provenance: str | None) -> str:
    """How near the wording is to its source."""
    return {
        "exact": _("Word for word from the source."),
        "adapted": _("The source names the indicator; points and thresholds are the project's."),
        "invented": _("Made up by the project; no source has it."),
    }.get(provenance or "", "")


def provenance_counts(definition: engine.CriteriaSet) -> list[tuple[str, int]]:
    """How many lines stand as in their source, were adapted, were set by the project."""
    counts = Counter(line.provenance for line in definition.lines)
    words = {
        "exact": _("as in the source"),
        "adapted": _("adapted from the source"),
        "invented": _("set by the project"),
    }
    return [(word, counts[one]) for one, word in words.items() if counts[one]]


def is_reconstruction(definition: engine.CriteriaSet) -> bool:
    return any(line.provenance in ("adapted", "invented") for line in definition.lines)
