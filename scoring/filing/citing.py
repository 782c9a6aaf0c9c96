"""Citations behind lines: an official document by number, date and issuer, or a link. Typed once, used again."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlsplit

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from core import clock
from core.audit.services import record
from core.cleaning import clean_name
from core.collation import fold
from core.days import parse_day
from core.errors import Conflict, Invalid, NotFound, TooLarge
from scoring.filing.keeping import changed, held_for_change
from scoring.models import Answer, AnswerCitation, Assessment, Citation, Evidence

MAX_PER_ANSWER = 20
# How documents of an office are called; Vietnamese by nature, and anything else may be typed.
KINDS = (
    "Quyết định", "Kế hoạch", "Báo cáo", "Công văn", "Nghị quyết", "Chỉ thị", "Thông báo", "Tờ trình", "Biên bản",
    "Giấy mời", "Hướng dẫn", "Chương trình", "Quy chế", "Hợp đồng",
)  # fmt: skip
_PREFIX = re.compile(r"^(số|so)\s*[:.]?\s*(?=\d)", re.IGNORECASE)
_NUMBER = re.compile(r"[0-9]{1,6}[a-zđ]?([/-][0-9a-zđăâêôơưáàảãạ.&-]+)*", re.IGNORECASE)


@dataclass(frozen=True)
class CitationInput:
    """What was typed. A document has number, date, issuer and kind; a link only its address and what it shows."""

    subject: str
    kind: str = ""
    number: str = ""
    dated_on: str = ""
    issuer: str = ""
    url: str = ""


def facts_of_citation(citation: Citation) -> list[str]:
    """What the head's signature covers."""
    day = citation.dated_on.isoformat() if citation.dated_on else ""
    return [citation.kind, citation.number, day, citation.issuer, citation.subject, citation.url]


def read_number(text: str) -> str:
    """A number and symbol as typed by people: «Số: 118 / QĐ – UBND» is 118/QĐ-UBND. Invalid with an example otherwise."""
    text = re.sub(r"[\u2010-\u2015\u2212]", "-", clean_name(text, limit=60))
    text = re.sub(r"\s*([/-])\s*", r"\1", _PREFIX.sub("", text)).strip(" .")
    if not _NUMBER.fullmatch(text):
        raise Invalid(
            _("Write the number as on the document, such as 118/QĐ-UBND."), fields={"number": _("Such as 118/QĐ-UBND.")}
        )
    return text


def number_key(number: str) -> str:
    return fold(number).replace(" ", "")


def read_url(text: str) -> str:
    """An address of the web over https, without a name and password in it. It is shown, never fetched."""
    text = clean_name(text, limit=500)
    try:
        parts = urlsplit(text)
        sound = parts.scheme == "https" and "." in (parts.hostname or "") and not parts.username and parts.port != 0
    except ValueError:
        sound = False
    if not sound or re.search(r"[\s<>\"\\]", text):
        sentence = _("A link begins with https:// and leads to a page, such as https://sonla.gov.vn/van-ban.")
        raise Invalid(sentence, fields={"url": sentence})
    return text


def read_citation(given: CitationInput) -> dict[str, Any]:
    """The columns of what was typed. Invalid names each field that is wrong."""
    faults: dict[str, str] = {}

    def tried(name: str, read, text: str):
        try:
            return read(text)
        except Invalid as refusal:
            faults[name] = str(refusal.message)
            return None

    url = tried("url", read_url, given.url) if given.url.strip() else ""
    is_document = any(one.strip() for one in (given.kind, given.number, given.dated_on, given.issuer))
    columns = {"subject": clean_name(given.subject, limit=500), "url": url or ""}
    columns |= {"kind": "", "number": "", "number_key": "", "dated_on": None, "issuer": ""}
    if is_document:
        columns["number"] = tried("number", read_number, given.number) or ""
        columns["number_key"] = number_key(columns["number"])
        columns["dated_on"] = tried("dated_on", _past_day, given.dated_on)
        columns |= {"kind": clean_name(given.kind, limit=60), "issuer": clean_name(given.issuer)}
    elif not given.url.strip():
        faults["number"] = _("Name a document by its number, or give a link.")
    needed = ("subject", "kind", "issuer") if is_document else ("subject",)
    faults |= {name: _("This field is needed.") for name in needed if not columns[name]}
    if faults:
        raise Invalid(_("The citation is not complete."), fields=faults)
    return columns


def _past_day(text: str) -> date:
    day = parse_day(text)
    if day > clock.today():
        raise Invalid(_("The date lies in the future."))
    return day


def known_citation(unit_id: int, columns: dict[str, Any]) -> Citation | None:
    """The unit's citation of the same document or link, however it was written the first time."""
    mine = Citation.objects.filter(unit=unit_id)
    if columns["number"]:
        return mine.filter(number_key=columns["number_key"], dated_on=columns["dated_on"]).exclude(number="").first()
    return mine.filter(number="", url=columns["url"]).first()


class CitedBefore(Conflict):
    """The unit cited that document before in other words: one of the two must go, or it would be counted as two."""

    def __init__(self, citation: Citation):
        super().__init__(_("This was cited before as: {said}. Use that one.").format(said=said_in_full(citation)))
        self.citation = citation


@transaction.atomic(durable=True)
def cite(*, answers: Sequence[Answer], given: CitationInput, actor: User, correcting: bool = False) -> Citation:
    """Put a citation behind lines of one form. CitedBefore where the unit said it in other words; with `correcting` the
    older words are replaced, unless they stand in another year's form too."""
    assessment = held_for_change(answers[0].assessment, actor)
    columns = read_citation(given)
    citation = known_citation(assessment.unit_id, columns)
    if citation and any(getattr(citation, name) != value for name, value in columns.items()):
        if not correcting:
            raise CitedBefore(citation)
        _correct(assessment, citation, columns, actor)
    if citation is None:
        citation = Citation.objects.create(unit_id=assessment.unit_id, added_at=clock.now(), added_by=actor, **columns)
    _put_behind(assessment, citation, answers, actor)
    return citation


def _correct(assessment: Assessment, citation: Citation, columns: dict[str, Any], actor: User) -> None:
    elsewhere = AnswerCitation.objects.filter(citation=citation).exclude(answer__assessment=assessment)
    if elsewhere.exists() or citation.copies.exclude(assessment=assessment).exists():
        raise CitedBefore(citation)
    before = said_in_full(citation)
    for name, value in columns.items():
        setattr(citation, name, value)
    citation.save()
    for answer in citation.answers.all():
        changed(answer)
    details = {"before": before, "after": said_in_full(citation)}
    record(actor=actor, action="citation.correct", obj=citation, details=details)


def said_in_full(citation: Citation) -> str:
    return citation.said if citation.is_link else f"{citation.said} – {citation.subject}"


@transaction.atomic(durable=True)
def cite_again(*, answers: Sequence[Answer], citation: Citation, actor: User) -> Citation:
    """A citation that the unit made before, behind further lines."""
    assessment = held_for_change(answers[0].assessment, actor)
    if citation.unit_id != assessment.unit_id:
        raise NotFound(_("The citation is not one of the unit's own."))
    _put_behind(assessment, citation, answers, actor)
    return citation


def _put_behind(assessment: Assessment, citation: Citation, answers: Sequence[Answer], actor: User) -> None:
    lines = Answer.objects.select_related("criterion").in_bulk([answer.pk for answer in answers])
    linked = []
    for answer in lines.values():
        if answer.assessment_id != assessment.pk:
            raise NotFound(_("The line does not belong to this self-assessment."))
        if not answer.criterion.declared_by_unit:
            raise Invalid(_("This line is entered by the appraising agency."))
        if AnswerCitation.objects.filter(answer=answer).exclude(citation=citation).count() >= MAX_PER_ANSWER:
            raise TooLarge(_("At most 20 citations may stand behind one line."))
        _row, is_new = AnswerCitation.objects.get_or_create(answer=answer, citation=citation)
        if is_new:
            changed(answer)
            linked.append(answer.pk)
    if linked:
        details = {"document": said_in_full(citation), "lines": linked}
        record(actor=actor, action="citation.cite", obj=citation, details=details)


@transaction.atomic(durable=True)
def uncite(*, answer: Answer, citation: Citation, actor: User) -> Citation:
    """Take a citation away from one line. Twice has the effect of once; the unit keeps it for other lines."""
    held_for_change(answer.assessment, actor)
    answer = Answer.objects.get(pk=answer.pk)
    gone, _rows = AnswerCitation.objects.filter(answer=answer, citation=citation).delete()
    if gone:
        changed(answer)
        details = {"document": said_in_full(citation), "lines": [answer.pk]}
        record(actor=actor, action="citation.uncite", obj=citation, details=details)
    return citation


@transaction.atomic(durable=True)
def name_document(*, evidence: Evidence, citation: Citation | None, actor: User) -> Evidence:
    """Say of which official document a file is the copy, or of none."""
    assessment = held_for_change(evidence.assessment, actor)
    if citation and (citation.unit_id != assessment.unit_id or citation.is_link):
        raise NotFound(_("The citation is not one of the unit's own."))
    evidence = Evidence.objects.select_for_update(of=("self",)).get(pk=evidence.pk)
    if evidence.citation != citation:
        evidence.citation = citation
        evidence.save()
        details = {"document": said_in_full(citation) if citation else ""}
        record(actor=actor, action="evidence.name_document", obj=evidence, details=details)
    return evidence
