"""Two hands on one line: exactly one wins, the other gets its sentence, and nothing is half written."""

import os
from datetime import timedelta

import pytest

from core import clock
from core.audit.services import faults
from core.errors import Conflict, DomainError, WrongState
from scoring.appraisal.council import refer_to_council
from scoring.appraisal.explanations import decide_explanation, file_explanation
from scoring.appraisal.services import accept_line, close_appraisals, correct_inputs
from scoring.clarifying.services import answer_clarification, ask_clarification
from scoring.cycles.services import settle
from scoring.models import Answer, Correction, Explanation
from tests.factories.year import EXPLAINED, make_year
from tests.races import all_at_once
from tests.stages import APPRAISING, EXPLAINING, correct, decide_rest

pytestmark = pytest.mark.race
TIMES = int(os.environ.get("RACES", "3"))
FIGURES = {"reason_code": "TL-04", "reason": "Theo văn bản.", "raw": {"a": "50", "b": "100"}}


@pytest.fixture
def appraising(real_database):
    year = make_year().to_appraisal()
    with year.on(APPRAISING):
        yield year
    assert list(faults()) == []


@pytest.fixture
def explaining(real_database):
    year = make_year().to_appraisal()
    with year.on(APPRAISING):
        for index in range(len(year.units)):
            correct(year, "B.1", index, a="5", b="100")
        decide_rest(year)
    year.to_explanation()
    with year.on(EXPLAINING):
        yield year
    assert list(faults()) == []


def at(moment, act, **given):
    """The act as a thread does it: the clock of the test holds there too."""

    def run():
        with clock.set_to(moment):
            return act(**given)

    return run


def one_wins(*acts) -> tuple[object, DomainError]:
    """What the winner returned, and the refusal of the other."""
    done = all_at_once(list(acts))
    lost = [one for one in done if isinstance(one, Exception)]
    assert len(lost) == 1, done
    assert isinstance(lost[0], DomainError), lost
    assert lost[0].message
    [won] = [one for one in done if one is not lost[0]]
    return won, lost[0]


def test_two_appraisers_on_one_line_make_one_correction(appraising):
    for index in range(TIMES):
        line = appraising.answer("B.1", index % 3)
        before = line.corrections.count()
        _won, lost = one_wins(
            *(
                at(
                    APPRAISING,
                    correct_inputs,
                    answer=Answer.objects.get(pk=line.pk),
                    version=line.version,
                    actor=appraising.people[who],
                    **FIGURES,
                )
                for who in ("appraiser", "appraiser2")
            )
        )

        assert (type(lost), lost.code) == (Conflict, "ERR-STALE")
        after = Answer.objects.get(pk=line.pk)
        assert (line.corrections.count(), after.version) == (before + 1, line.version + 1)
        assert after.correction.made_by_id == after.appraised_by_id


def test_what_the_unit_says_in_between_was_not_read_and_is_not_decided(appraising):
    for code in ("A.1", "A.3", "B.1")[:TIMES]:
        line, appraiser = appraising.answer(code), appraising.people["appraiser"]
        due = appraising.cycle.appraisal_closes_at
        asked = ask_clarification(answer=line, question="Số?", due_at=due, version=line.version, actor=appraiser)
        line.refresh_from_db()
        won, lost = one_wins(
            at(APPRAISING, answer_clarification, asked=asked, reply="Số 12.", actor=appraising.officer()),
            at(APPRAISING, accept_line, answer=line, version=line.version, actor=appraiser),
        )

        assert won.reply == "Số 12."
        assert isinstance(lost, Conflict), lost
        assert appraising.answer(code).line_state == "open"


def test_a_mark_beside_the_closing_is_in_the_form_or_refused(appraising):
    lead = appraising.people["lead"]
    for index in range(3):
        if appraising.answer("B.3", index).line_state == "open":
            correct(appraising, "B.3", index, points="0,5")
        for line in appraising.assessment(index).answers.filter(line_state="open"):
            accept_line(answer=line, version=line.version, actor=lead)
    line = appraising.answer("B.1")
    closed, marked = all_at_once(
        [
            at(APPRAISING, close_appraisals, cycle=appraising.cycle, actor=lead),
            at(
                APPRAISING,
                correct_inputs,
                answer=line,
                version=line.version,
                actor=appraising.people["appraiser"],
                **FIGURES,
            ),
        ]
    )

    assert closed == (3, 0)
    assert isinstance(marked, (Correction, WrongState)), marked
    is_marked = isinstance(marked, Correction)
    assert line.corrections.count() == is_marked
    assert appraising.answer("B.1").line_state == ("corrected" if is_marked else "accepted")
    assert appraising.assessment().state == "appraised"


def test_an_explanation_at_the_closing_instant_is_in_or_the_scores_are_settled(explaining):
    """Filed in the last millisecond, settled in the first after it: one of the two, whoever holds the year first."""
    line, secretary = explaining.answer("B.1"), explaining.people["secretary"]
    last = EXPLAINED - timedelta(milliseconds=1)
    _won, lost = one_wins(
        at(last, file_explanation, answer=line, grounds="Đã gửi.", actor=explaining.head()),
        at(EXPLAINED, settle, cycle=explaining.cycle, actor=secretary),
    )

    assert isinstance(lost, WrongState), lost
    explaining.cycle.refresh_from_db()
    assert Explanation.objects.count() == (explaining.cycle.state == "explanation")


def test_one_contest_filed_twice_and_decided_twice_counts_once(explaining):
    lead = explaining.people["lead"]
    first = (decide_explanation, {"action": "uphold", "raw": {}, "actor": explaining.people["appraiser2"]})
    others = [(decide_explanation, {"action": "reject", "raw": {}, "actor": lead}), (refer_to_council, {"actor": lead})]
    for index in range(min(TIMES, 3)):
        line, head = explaining.answer("B.1", index), explaining.head(index)
        filed, lost = one_wins(*[at(EXPLAINING, file_explanation, answer=line, grounds="Xem lại.", actor=head)] * 2)
        assert (type(lost), lost.code) == (Conflict, "ERR-DONE")

        acts = [first, others[index % 2]]
        won, lost = one_wins(*(at(EXPLAINING, act, explanation=filed, reason="Rõ.", **given) for act, given in acts))

        assert (type(lost), lost.code) == (WrongState, "ERR-STATE")
        stored = Explanation.objects.get(pk=filed.pk)
        assert stored.state == won.state
        assert hasattr(stored, "referral") == (stored.state == "referred")
        assert explaining.answer("B.1", index).line_state == ("accepted" if won.state == "upheld" else "corrected")
