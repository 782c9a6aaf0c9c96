"""Where the wording of a criterion comes from. The shipped sets are a reconstruction, never official."""

from django.utils.translation import gettext as _


def provenance_words(provenance: str | None) -> str:
    """How near the wording is to its source."""
    return {
        "exact": _("Word for word from the source."),
        "adapted": _("The source names the indicator; points and thresholds are the project's."),
        "invented": _("Made up by the project; no source has it."),
    }.get(provenance or "", "")
