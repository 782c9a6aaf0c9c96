"""What the units of a sample year do: declare every line, attach documents, hand in."""

from collections.abc import Container, Iterable
from datetime import date, timedelta

from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.enums import ProofMethod
from accounts.models import User
from accounts.proof import Proof
from core import clock
from scoring.filing.evidence import attach_evidence
from scoring.filing.services import AnswerInput, import_form, prepare, submit
from scoring.models import Answer, Assessment, Pillar
from sonla_awards.sample.answers import unit_answers
from sonla_awards.sample.cast import SEED, Cast
from sonla_awards.sample.papers import paper
from sonla_awards.sample.standing import qualities
from sonla_awards.sample.writing import NOT_APPLICABLE, SampleAnswer

FONTS = str(settings.ROOT / "data" / "fonts")


def sample_answers(
    assessments: Iterable[Assessment],
    year: int,
    completeness: dict[int, float] | None = None,
    only: Container[int] | None = None,
):
    """(assessment, its invented answers), one group at a time since a group's scores are spread together.

    `assessments` are all of the year; with `only` (keys) the answers of those alone are made.
    """
    by_group: dict[str, list[Assessment]] = {}
    for assessment in assessments:
        by_group.setdefault(assessment.group.code, []).append(assessment)
    for group, members in by_group.items():
        wanted = qualities([one.unit.code for one in members], group=group, year=year, seed=SEED)
        for one in members:
            if only is not None and one.pk not in only:
                continue
            yield (
                one,
                unit_answers(
                    one.criteria_set.definition,
                    unit=one.unit.code,
                    quality=wanted[one.unit.code],
                    seed=SEED,
                    completeness=(completeness or {}).get(one.pk, 1.0),
                    population=one.unit.population,
                    year=year,
                ),
            )


def file_form(cast: Cast, assessment: Assessment, answers: dict[str, SampleAnswer]) -> None:
    """The officer declares every line in one import and attaches one document per pillar, named after it."""
    officer = cast.officers[assessment.unit_id]
    declared = set(assessment.criteria_set.criteria.filter(declared_by_unit=True).values_list("code", flat=True))
    given = {
        code: AnswerInput(
            raw=answer.claimed, explanation=answer.explanation, asks_not_applicable=answer.outcome == NOT_APPLICABLE
        )
        for code, answer in answers.items()
        if code in declared
    }
    import_form(assessment=assessment, given=given, actor=officer)
    _attach(assessment, [code for code in given if answers[code].citation], officer)


def _attach(assessment: Assessment, proven: list[str], officer: User) -> None:
    lines: dict[Pillar | None, list[Answer]] = {}
    related = ("criterion__pillar", "assessment")
    for answer in assessment.answers.select_related(*related).filter(criterion__code__in=proven):
        lines.setdefault(answer.criterion.pillar, []).append(answer)
    for pillar, answers in lines.items():
        mark = f"{assessment.unit.code} {assessment.cycle.year} {pillar and pillar.pk}"
        upload = SimpleUploadedFile("tai-lieu-minh-hoa.pdf", paper(mark=mark, fonts=FONTS))
        title = f"{_report(assessment)} về {pillar.title if pillar else 'điểm thưởng'}"
        attach_evidence(answers=answers, upload=upload, title=title, actor=officer)


def _report(assessment: Assessment) -> str:
    """A report of the unit, of a working day shortly before it is attached."""
    day = max(clock.today() - timedelta(days=3), date(assessment.cycle.year, 1, 4))
    day -= timedelta(days=max(0, day.weekday() - 4))
    issuer = "UBND" if assessment.unit.code.isdigit() else assessment.unit.code
    return f"Báo cáo {100 + assessment.unit_id}/BC-{issuer} ngày {day:%d/%m/%Y}"


def hand_in(cast: Cast, assessment: Assessment) -> None:
    prepare(assessment=assessment, actor=cast.officers[assessment.unit_id])
    sign(cast, assessment)


def sign(cast: Cast, assessment: Assessment) -> None:
    """The head signs, with a password that nobody had to type: 85 checks that are slow on purpose would take a minute."""
    head = cast.heads[assessment.unit_id]
    proof = Proof(head.pk, ProofMethod.PASSWORD, clock.now())
    submit(assessment=assessment, actor=head, proof=proof)
