"""The dry run: a file as a criteria set, what is wrong with it by place, and what taking it in would do. Writes nothing."""

import hashlib
from dataclasses import dataclass

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from core.errors import Invalid, TooLarge, WrongType
from core.workbook.guard import read_guarded
from scoring import engine
from scoring.criteria.comparing.words import Section, sections
from scoring.criteria.continuity import earlier_codes, earlier_version
from scoring.criteria.difference import difference
from scoring.criteria.workbook import Document, Fault, read_set_workbook
from scoring.criteria.workbook.reading import LIMITS
from scoring.enums import SetState
from scoring.models import CriteriaSet

FIRST_YEAR, LAST_YEAR = 2000, 2100
LONGEST_TITLE, MOST_LINES = 500, 2000
_ZIP, _OLD_EXCEL = b"PK", b"\xd0\xcf\x11\xe0"


@dataclass(frozen=True)
class Report:
    """`replaced` is the draft that the file would take the place of, `earlier` the version that it is compared with."""

    sha256: str
    document: Document
    replaced: CriteriaSet | None = None
    earlier: CriteriaSet | None = None
    changes: tuple[Section, ...] = ()

    @property
    def definition(self) -> engine.CriteriaSet | None:
        return self.document.definition

    @property
    def faults(self) -> list[Fault]:
        return self.document.faults

    @property
    def replaces(self) -> str:
        """What must still stand there when it is confirmed: the identity of the draft, or nothing."""
        return self.replaced.identity if self.replaced else ""


def check_file(data: bytes) -> Report:
    """A DomainError where the file as such cannot be used; else a report, with a set or with faults."""
    sha256 = hashlib.sha256(data).hexdigest()
    document = _read(data)
    if document.definition is None:
        return Report(sha256, document)
    faults = list(_not_to_be_kept(document.definition))
    there = _there(document.definition)
    if there and there.state != SetState.DRAFT:
        sentence = _("The set {name} is published and never changes. Give the file another year, or another code.")
        faults.append(Fault("", "", sentence.format(name=there)))
    if faults:
        return Report(sha256, Document(None, faults, document.notes))
    return _with_changes(sha256, document, there)


def _read(data: bytes) -> Document:
    if not data:
        raise Invalid(_("The file is empty."))
    if data.startswith((_ZIP, _OLD_EXCEL)):
        return read_set_workbook(read_guarded(data, limits=LIMITS))
    if not data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
        raise WrongType(_("This is neither a workbook (.xlsx) nor a JSON document of a criteria set."))
    if len(data) > LIMITS.bytes:
        raise TooLarge(_("The file is larger than {limit} MB.").format(limit=LIMITS.bytes // 2**20))
    try:
        return Document(engine.load_set(data, place=""), [], [])
    except engine.Refused as refused:
        language = get_language() or "vi"
        faults = [Fault("", one.place.removeprefix(":"), one.sentence(language)) for one in refused.faults]
        return Document(None, faults, [])


def _not_to_be_kept(definition: engine.CriteriaSet):
    """What the engine takes and the tables of the product do not."""
    if not FIRST_YEAR <= definition.year <= LAST_YEAR:
        sentence = _("The year must lie between {first} and {last}.").format(first=FIRST_YEAR, last=LAST_YEAR)
        yield Fault("", "/year", sentence)
    if len(definition.lines) > MOST_LINES:
        yield Fault("", "", _("A set holds at most {most} criteria.").format(most=MOST_LINES))
    for item in (definition, *definition.nodes, *definition.lines):
        if any(len(text or "") > LONGEST_TITLE for text in (item.title.vi, item.title.en)):
            sentence = _("The title of {code} is longer than {most} characters.")
            yield Fault("", item.code, sentence.format(code=item.code, most=LONGEST_TITLE))


def _there(definition: engine.CriteriaSet) -> CriteriaSet | None:
    return CriteriaSet.objects.filter(code=definition.code, year=definition.year).first()


def _with_changes(sha256: str, document: Document, there: CriteriaSet | None) -> Report:
    """Compared with the draft's own map where there is one, else by equal codes, as the new draft will be."""
    definition = document.definition
    earlier = earlier_version(there or CriteriaSet(code=definition.code, year=definition.year))
    if earlier is None:
        return Report(sha256, document, there)
    codes = earlier_codes(there, earlier.pk) if there else None
    kept = None if codes is None else {new: old for new, old in codes.items() if definition.has_line(new)}
    changes = sections(difference(earlier.definition, definition, kept))
    return Report(sha256, document, there, earlier, tuple(changes))
