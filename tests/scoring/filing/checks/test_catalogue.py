"""Each check speaks where it should and is silent next to it."""

import pytest

from scoring.filing.checks import CHECKS, Severity, by_line, errors_in, lint, lint_line
from tests.scoring.filing.checks.cases import CASES
from tests.scoring.filing.checks.forms import CLOSES, NO, WHY, YES, L, answer, file, form


def places(check: str, facts) -> list[tuple[str, str] | None]:
    found = [one for one in lint(facts) if one.check.id == check]
    return [(one.criterion_code, one.at) if one.answer else None for one in found]


@pytest.mark.parametrize("check", CASES)
def test_a_check_speaks_where_it_should(check):
    assert [places(check, facts) for facts, _where in CASES[check].speaks] == [
        where for _facts, where in CASES[check].speaks
    ]


@pytest.mark.parametrize("check", CASES)
def test_a_check_is_silent_next_to_it(check):
    assert [places(check, facts) for facts in CASES[check].silent] == [[] for _facts in CASES[check].silent]


def test_every_check_has_its_cases():
    assert set(CASES) == set(CHECKS)
    assert all(case.speaks and case.silent for case in CASES.values())


def test_there_are_at_least_twenty_in_all_three_severities():
    assert len(CHECKS) >= 20
    assert {check.severity for check in CHECKS.values()} == set(Severity)


@pytest.mark.parametrize("check", CHECKS.values(), ids=lambda check: check.id)
def test_a_sentence_is_whole_and_ends(check):
    """No placeholder left, no lazy text; a title of few words."""
    sentences = [one.sentence for facts, _where in CASES[check.id].speaks for one in lint(facts) if one.check is check]
    assert all(type(one) is str and one[-1] in ".”" and not {"{", "}"} & set(one) for one in sentences)
    assert len(str(check.title)) < 60


def test_on_a_line_the_most_important_comes_first():
    facts = form({"A.1": L(YES, before=L(NO)), "Y.1": L(NO, "Có.", files=(file("Ảnh", mark="encrypted"),))})

    found = by_line(lint(facts))

    first, second = (found[line.answer.pk] for line in facts.lines)
    assert [one.check.id for one in first] == ["evidence-missing", "points-rose"]
    assert [one.check.id for one in second] == ["evidence-locked", "explanation-short", "evidence-unnamed"]


def test_a_line_alone_is_told_what_the_whole_form_is_told_of_it():
    """Of the line itself, of a file it shares, of nothing that stands elsewhere."""
    shared = file("Ảnh hội nghị")
    facts = form({"A.1": L(YES, files=(shared,)), "Y.1": L(NO, "Có.", files=(shared,)), "B.1": L()}, now=CLOSES)

    alone = {line.answer.pk: lint_line(facts, line.answer) for line in facts.lines}

    assert alone == by_line(lint(facts))
    assert len(alone) == 3
    assert lint_line(facts, answer("T.1", L(), facts.assessment)) == []


def test_what_concerns_no_line_comes_before_the_lines():
    facts = form({"A.1": L()}, now=form({}).assessment.cycle.filing_closes_at)

    assert [one.check.id for one in lint(facts)] == ["late", "line-empty"]


def test_errors_need_no_last_year_and_are_one_a_line():
    """Refused by the rule, and without evidence: the first is said, the other after it is mended."""
    facts = form({"B.1": L({"a": "5", "b": "4"}), "V.1": L({"a": "3"}), "Y.1": L(YES, WHY)})

    found = errors_in([line.answer for line in facts.lines])

    assert [(one.criterion_code, one.check.id) for one in found] == [("B.1", "value-refused"), ("V.1", "line-half")]
