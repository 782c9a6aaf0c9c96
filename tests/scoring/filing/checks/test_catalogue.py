"""Each check speaks where it should and is silent next to it."""

from decimal import Decimal

import pytest

from core.numbers import format_number
from scoring.filing.checks import CHECKS, Severity, by_line, errors_in, lint, lint_line
from tests.scoring.filing.checks.cases import CASES
from tests.scoring.filing.checks.forms import CLOSES, HOUR, NO, WHY, YES, L, answer, file, form


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


class TestTheSentences:
    """What a sentence says beside its check: figures, hours, the line that it compares with."""

    def said(self, check: str, facts) -> list[str]:
        return [one.sentence for one in lint(facts) if one.check.id == check]

    def test_points_lost_are_last_years(self):
        (sentence,) = self.said(
            "zero-after-points", form({"V.1": L({"a": "0", "b": "9"}, before=L({"a": "4", "b": "10"}))})
        )

        assert "2025" in sentence
        assert format_number(Decimal(1)) in sentence  # 40 % of 80 %, of two points

    @pytest.mark.parametrize(("now", "before", "moved"), [(3, 8, "50%"), (8, 3, "50%")])
    def test_a_jump_is_told_without_a_sign(self, now, before, moved):
        facts = form({"C.1": L({"value": str(now)}, before=L({"value": str(before)}))})

        (sentence,) = self.said("points-fell" if now < before else "points-rose", facts)

        assert f" {moved} " in sentence

    @pytest.mark.parametrize(("left", "told"), [(0.5, "1"), (1.5, "2"), (5.5, "6")])
    def test_the_hours_left_are_rounded_up(self, left, told):
        (sentence,) = self.said("last-hours", form({"A.1": L()}, now=CLOSES - left * HOUR))

        assert [word for word in sentence.split() if word.isdigit()] == [told]

    def test_late_names_the_line_that_takes_points_away(self):
        (sentence,) = self.said("late", form({"A.1": L()}, now=CLOSES))

        assert "P.1" in sentence
        assert "00:00 11/12/2026" in sentence

    def test_a_contradiction_names_the_other_line(self):
        one = file()
        lines = {"A.1": L(YES, files=(one,)), "Y.1": L(NO, files=(one,))}

        (sentence,) = self.said("evidence-contradicts", form(lines))

        assert "A.1" in sentence

    def test_of_several_figures_the_rarer_is_told_against_the_first_line_with_the_usual_one(self):
        shares = {"V.1": L({"a": "1", "b": "12"}), "V.2": L({"a": "1", "b": "13"}), "V.3": L({"a": "1", "b": "13"})}

        (sentence,) = self.said("same-quantity-differs", form(shares))

        assert "V.1" in sentence

    def test_points_are_told_as_they_stand_and_as_the_rule_gives_them(self):
        facts = form({"C.1": L({"value": "5"}, points=Decimal("0.6"))})

        (sentence,) = self.said("points-differ", facts)

        assert sentence.index(format_number(Decimal("0.6"))) < sentence.index(format_number(Decimal("0.5")))
