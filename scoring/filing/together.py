"""Many lines of one form written at once. For acts that hold the locks and have checked the right."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from accounts.models import User
from core.errors import DomainError, Invalid
from scoring.filing.declaring import SAVED_FIELDS, AnswerInput, difference, facts_of, put, read
from scoring.models import Answer, Assessment


@dataclass(frozen=True)
class Written:
    """By criterion code: what changed on the lines written, and those left as they are because another version stands there."""

    differences: dict[str, dict[str, Any]]
    stale: list[str]

    @property
    def changed(self) -> list[str]:
        return list(self.differences)


def write_lines(
    assessment: Assessment,
    given: Mapping[str, AnswerInput],
    actor: User,
    versions: Mapping[str, int] | None = None,
) -> Written:
    """What was typed by criterion code. Invalid for all where one cannot be read.

    With `versions` a line that somebody saved since that version, and otherwise than it is given now, is left as it is.
    """
    answers = assessment.answers.select_related("criterion").filter(criterion__code__in=given)
    by_code = {answer.criterion.code: answer for answer in answers}
    if unknown := sorted(set(given) - set(by_code)):
        raise Invalid(_("These criteria are not in the form: {codes}.").format(codes=", ".join(unknown)))
    criteria_set, faults, changed, stale, differences = assessment.criteria_set, {}, [], [], {}
    for code, one in given.items():
        answer = by_code[code]
        answer.criterion.criteria_set = criteria_set
        try:
            declared = read(answer, one)
        except DomainError as error:
            faults[code] = str(error.message)
            continue
        if declared.equals(answer):
            continue
        if versions is not None and answer.version != versions[code]:
            stale.append(code)
            continue
        before = facts_of(answer)
        put(answer, declared, actor)
        changed.append(answer)
        differences[code] = difference(before, answer)
    if faults:
        raise Invalid("\n".join(f"{code}: {sentence}" for code, sentence in faults.items()), fields=faults)
    Answer.objects.store(changed, SAVED_FIELDS)
    return Written(differences, stale)
