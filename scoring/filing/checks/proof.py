"""Evidence that an appraiser will not take: unreadable, of another year, the same for what excludes each other."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from scoring.enums import EvidenceMark
from scoring.filing.checks.catalogue import EVIDENCE, Kind, Severity, of_form, of_line
from scoring.filing.checks.documents import document_dates, is_identified, outside_year, years_named
from scoring.filing.checks.facts import Facts, Line
from scoring.models import Evidence

WARNING, HINT = Severity.WARNING, Severity.HINT
# One report may well stand behind a pillar; behind more lines nobody finds the page.
MANY_LINES = 25


@of_line("level-unproven", WARNING, Kind.EVIDENCE, gettext_lazy("A level without evidence"), at=EVIDENCE)
def level_unproven(line: Line, facts: Facts):
    if line.rule.kind == "level" and _rests_on_nothing(line):
        return _("A level is claimed, no document stands behind it. Attach one, or say where the appraiser can see it.")
    return None


@of_line("bonus-unproven", WARNING, Kind.EVIDENCE, gettext_lazy("Bonus points without evidence"), at=EVIDENCE)
def bonus_unproven(line: Line, facts: Facts):
    if line.rule.kind == "bonus" and _rests_on_nothing(line):
        return _("Bonus points are given on a decision or a certificate. Attach it, or explain.")
    return None


@of_line("full-unproven", HINT, Kind.EVIDENCE, gettext_lazy("Full points without evidence"), at=EVIDENCE)
def full_unproven(line: Line, facts: Facts):
    if line.is_full and line.rule.kind not in ("level", "bonus") and _rests_on_nothing(line):
        return _("Full points are claimed with nothing behind them. A document, or where the figure comes from, helps.")
    return None


def _rests_on_nothing(line: Line) -> bool:
    """Where the set requires evidence another check says so, and blocks."""
    return bool(line.points and not line.criterion.evidence_required and not line.is_backed and not line.is_explained)


@of_line("proof-of-nothing", HINT, Kind.EVIDENCE, gettext_lazy("Evidence behind a “no”"))
def proof_of_nothing(line: Line, facts: Facts):
    if line.says_no and line.files and not line.is_explained:
        return _("A document stands behind a line that claims nothing. Check the answer."), next(iter(line.values))
    return None


@of_line("evidence-locked", WARNING, Kind.EVIDENCE, gettext_lazy("Evidence that cannot be opened"), at=EVIDENCE)
def evidence_locked(line: Line, facts: Facts):
    return _with_mark(
        line,
        EvidenceMark.ENCRYPTED,
        _("“{title}” is locked with a password: the appraiser cannot read it. Attach it without."),
    )


@of_line("evidence-active", HINT, Kind.EVIDENCE, gettext_lazy("Evidence that runs something"), at=EVIDENCE)
def evidence_active(line: Line, facts: Facts):
    return _with_mark(
        line, EvidenceMark.ACTIVE, _("“{title}” may run something when opened. Save it as a plain PDF and attach that.")
    )


def _with_mark(line: Line, mark: EvidenceMark, sentence: str) -> str | None:
    marked = next((file for file in line.files if file.mark == mark), None)
    return sentence.format(title=marked.title) if marked else None


@of_line(
    "evidence-outside-year", WARNING, Kind.EVIDENCE, gettext_lazy("A document dated outside the year"), at=EVIDENCE
)
def evidence_outside_year(line: Line, facts: Facts):
    if line.is_explained:
        return None
    for document in line.documents:
        if day := outside_year(document, facts.year):
            sentence = _(
                "“{title}” is dated {day:%d/%m/%Y}, outside {year}. Attach one of the year, or explain why it counts."
            )
            return sentence.format(title=document, day=day, year=facts.year)
    return None


@of_line("evidence-in-the-future", WARNING, Kind.EVIDENCE, gettext_lazy("A document of a day to come"), at=EVIDENCE)
def evidence_in_the_future(line: Line, facts: Facts):
    for document in line.documents:
        if late := next(
            (day for day in document_dates(document) if day > facts.today and day.year == facts.year), None
        ):
            sentence = _("“{title}” is dated {day:%d/%m/%Y}, which has not come yet. Correct its title.")
            return sentence.format(title=document, day=late)
    return None


@of_line("evidence-of-last-year", WARNING, Kind.EVIDENCE, gettext_lazy("The file of last year"), at=EVIDENCE)
def evidence_of_last_year(line: Line, facts: Facts):
    """The same bytes; or the same name, which names the year gone by."""
    if line.is_explained:
        return None
    names = {file.original_name for file in facts.files_before.values()}
    for file in line.files:
        named = years_named(file.original_name)
        is_old_name = file.original_name in names and named and facts.year not in named
        if file.sha256 in facts.files_before or is_old_name:
            sentence = _("“{title}” is the file of {year}. Attach one of this year, or explain why it still counts.")
            return sentence.format(title=file.title, year=facts.last_year)
    return None


@of_form("evidence-unnamed", HINT, Kind.EVIDENCE, gettext_lazy("A document without number and date"), at=EVIDENCE)
def evidence_unnamed(facts: Facts) -> Iterator[tuple[Line, str]]:
    for file, lines in facts.by_file.items():
        if not is_identified(file):
            sentence = _(
                "“{title}” has neither number nor date. Give it a title such as “Decision 118/QĐ-UBND of 26/02/2026”."
            )
            yield lines[0], sentence.format(title=file.title)


@of_form("evidence-contradicts", WARNING, Kind.EVIDENCE, gettext_lazy("One file for yes and for no"), at=EVIDENCE)
def evidence_contradicts(facts: Facts) -> Iterator[tuple[Line, str]]:
    """Named on the line that says no, or on the one whose date differs."""
    for file, lines in facts.by_file.items():
        said = [line for line in lines if line.is_declared]
        claims = [line for line in said if line.rule.kind in ("boolean", "level") and line.points]
        for line in said:
            if line.says_no and claims and not line.is_explained:
                yield line, _contradiction(file, claims[0])
        dated = [line for line in said if line.rule.kind == "deadline"]
        for line in dated[1:]:
            if line.values != dated[0].values and not line.is_explained:
                sentence = _("“{title}” stands behind another date in {code}. One document has one date.")
                yield line, sentence.format(title=file.title, code=dated[0].code)


def _contradiction(file: Evidence, other: Line) -> str:
    sentence = _("“{title}” stands behind this “no” and behind the claim of {code}. Check which of the two it shows.")
    return sentence.format(title=file.title, code=other.code)


@of_form("evidence-everywhere", HINT, Kind.EVIDENCE, gettext_lazy("One file behind very many lines"), at=EVIDENCE)
def evidence_everywhere(facts: Facts) -> Iterator[tuple[Line, str]]:
    for file, lines in facts.by_file.items():
        if len(lines) > MANY_LINES:
            sentence = ngettext(
                "“{title}” stands behind {n} line. Say in each explanation on which page the appraiser looks.",
                "“{title}” stands behind {n} lines. Say in each explanation on which page the appraiser looks.",
                len(lines),
            )
            yield lines[0], sentence.format(title=file.title, n=len(lines))


@of_line("parts-unproven", HINT, Kind.EVIDENCE, gettext_lazy("More parts than documents"), at=EVIDENCE)
def parts_unproven(line: Line, facts: Facts):
    """A level of several parts, more than one done, one document that stands nowhere else."""
    done = [name for name in line.values if line.values[name] == "yes" and name.startswith("part:")]
    if len(done) < 2 or len(line.files) != 1 or line.is_explained or len(facts.by_file[line.files[0]]) > 1:
        return None
    sentence = _("{n} parts are declared, one document stands behind them. See that it shows each part.")
    return sentence.format(n=len(done))
