"""What form a file is: kept on a hidden sheet, signed as a whole."""

from dataclasses import asdict, dataclass

from django.utils.translation import gettext as _

from core.audit.services import canonical
from core.errors import Invalid
from core.workbook import Sheet
from scoring.filing.excel.columns import IDENTITY_SHEET, TEMPLATE
from scoring.filing.excel.tokens import read_identity, sign_identity
from scoring.models import Assessment


@dataclass(frozen=True)
class Identity:
    template: str
    assessment: str
    unit: str
    year: str
    criteria_set: str


def identity_of(assessment: Assessment) -> Identity:
    """Needs unit, cycle and set at hand."""
    return Identity(
        TEMPLATE,
        str(assessment.pk),
        assessment.unit.code,
        str(assessment.cycle.year),
        assessment.criteria_set.identity,
    )


def rows_of(identity: Identity) -> list[tuple[str, str]]:
    """What the hidden sheet holds."""
    return [*asdict(identity).items(), ("seal", sign_identity(canonical(asdict(identity))))]


def require_same(sheets: list[Sheet], wanted: Identity) -> None:
    """Invalid in words where the file is the form of another unit, year or set, or no form of ours at all."""
    found = next((sheet for sheet in sheets if sheet.name == IDENTITY_SHEET), None)
    if found is None:
        raise Invalid(
            _("This workbook is not a form of this system. Download the form, fill that file in and send it."),
        )
    told = {str(row[0]): str(row[1]) for row in found.rows if len(row) > 1}
    seal = read_identity(told.pop("seal", ""))
    if seal is None or seal != canonical(told):
        raise Invalid(_("The hidden sheet that says whose form this is was changed. Download the form again."))
    if told.get("template") != wanted.template:
        raise Invalid(_("The file was made by an earlier version of the system. Download the form again."))
    if told.get("unit") != wanted.unit:
        raise Invalid(_("The file is the form of another unit. Download the form of this unit."))
    if told.get("year") != wanted.year:
        sentence = _("The file is the form of {other}, not of {year}. Download the form of {year}.")
        raise Invalid(sentence.format(other=told.get("year"), year=wanted.year))
    if told != asdict(wanted):
        raise Invalid(_("The file was made for another criteria set. Download the form again."))
