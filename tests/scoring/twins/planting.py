"""Puts a corpus behind the lines of communes: as files that were sent, or, for quickness, as texts that were read."""

import csv
import hashlib

from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.enums import Role
from core import clock
from core.days import parse_day
from scoring.enums import AssessmentState
from scoring.filing.citing import CitationInput, cite
from scoring.filing.evidence import attach_evidence
from scoring.models import Answer, AnswerEvidence, Assessment, Evidence, EvidenceText
from scoring.twins import reading
from tests.factories.people import make_unit, make_user
from tests.factories.year import Year
from tests.scoring.twins.corpus import Corpus, Document, text_of
from tests.scoring.twins.files import file_of


def communes(count: int) -> list[str]:
    with (settings.ROOT / "data" / "units" / "units.csv").open(encoding="utf-8") as file:
        names = [row["name"] for row in csv.DictReader(file) if row["group"] == "commune"]
    return names[:count]


class Field:
    """The year with as many communes as the corpus names, in its order; `rows` are what stands for a document, by key."""

    def __init__(self, year: Year, corpus: Corpus):
        self.year, self.corpus = year, corpus
        self.units = [make_unit(f"9{at:04}", name, group=year.group) for at, name in enumerate(corpus.names)]
        self.forms = Assessment.objects.bulk_create(
            Assessment(cycle=year.cycle, unit=unit, group=year.group, criteria_set=year.criteria_set)
            for unit in self.units
        )
        criteria = [one for one in year.criteria_set.criteria.all() if one.declared_by_unit]
        Answer.objects.bulk_create(Answer(assessment=form, criterion=one) for form in self.forms for one in criteria)
        self.lines = [list(form.answers.all()) for form in self.forms]
        self.officers = [make_user(f"clerk{at}", (Role.UNIT_OFFICER, unit)) for at, unit in enumerate(self.units)]
        self.rows, self.content = {}, {}

    def plant(self, real: set[str]) -> None:
        """Those of `real` as files through the services; citations always so. Then every form is with the committee."""
        with self.year.filing():
            for at, document in enumerate(self.corpus.documents):
                self.rows[self._put(document, at, document.key in real)] = document.key
        Assessment.objects.filter(pk__in=[form.pk for form in self.forms]).update(state=AssessmentState.UNDER_APPRAISAL)

    def _put(self, document: Document, at: int, is_real: bool) -> tuple[str, int]:
        lines, officer = self.lines[document.unit], self.officers[document.unit]
        line = lines[at % len(lines)]
        if document.cited:
            number, day, issuer, subject = document.cited
            given = CitationInput(subject, "Kế hoạch", number, parse_day(day).isoformat(), issuer)
            return "citation", cite(answers=[line], given=given, actor=officer).pk
        if is_real:
            upload = SimpleUploadedFile(*self._file(document))
            return "evidence", attach_evidence(answers=[line], upload=upload, title=document.title, actor=officer).pk
        return "evidence", self._as_text(document, line, officer).pk

    def _file(self, document: Document) -> tuple[str, bytes]:
        of = document.bytes_of or document.key
        if of not in self.content:
            self.content[of] = file_of(document)
        return self.content[of]

    def _as_text(self, document: Document, line: Answer, officer) -> Evidence:
        """As if a file had been sent and read: what the child says of its text is kept."""
        sha256, now = hashlib.sha256((document.bytes_of or document.key).encode()).hexdigest(), clock.now()
        told, signature = reading.read("" if document.form == "scan" else text_of(document))
        about = {"state": "read" if told["words"] else "empty", "head": told["head"], "signature": signature}
        EvidenceText.objects.get_or_create(sha256=sha256, defaults=about | {"words": told["words"], "read_at": now})
        given = {"assessment": line.assessment, "title": document.title, "original_name": "van-ban.pdf", "size": 1}
        given |= {"stored_as": f"evidence/{document.key}", "media_type": "application/pdf", "sha256": sha256}
        evidence = Evidence.objects.create(**given, uploaded_at=now, uploaded_by=officer)
        AnswerEvidence.objects.create(answer=line, evidence=evidence)
        return evidence
