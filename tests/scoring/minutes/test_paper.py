"""What stands in the minutes, and that every figure of it is tied to its record."""

import re
from datetime import timedelta

import pytest
from django.conf import settings
from django.utils import translation
from django.utils.timezone import localdate
from docx.oxml.ns import qn

from core import clock
from core.official.filling import figures_in
from scoring.appraisal.council import enter_council_decision, refer_to_council
from scoring.appraisal.explanations import decide_explanation, file_explanation
from scoring.appraisal.services import grant_not_applicable
from scoring.assigning.services import adopt_assignment, plan_assignment
from scoring.clarifying.services import ask_clarification
from scoring.conflicts.services import declare_conflict, record_superior
from scoring.cycles.rounds import open_round
from scoring.enums import ExplanationAction
from scoring.minutes.records import read_records
from scoring.minutes.scope import scope_for
from scoring.minutes.wording import worded
from scoring.models import Answer, Correction
from tests.factories.year import EXPLAINED
from tests.scoring.marking.conftest import mark_second
from tests.scoring.minutes.papers import findings, group, opened, paper, row_of, rows_of
from tests.stages import correct

pytestmark = pytest.mark.django_db


def text_of(document) -> str:
    return " ".join(
        "".join(text.text or "" for text in line.iter(qn("w:t"))) for line in document.element.body.iter(qn("w:p"))
    )


def test_units_lines_and_causes_stand_with_their_figures_and_in_vietnamese(explaining):
    with translation.override("en"):
        document = opened(paper(explaining))

    assert row_of(document, "1", "Xã Đoàn Kết")[2:] == ["0,20", "0,70", "0,70", "+0,50", "1", "0"]
    assert row_of(document, "2", "Xã Ngọc Chiến")[2:] == ["9,00", "8,75", "8,75", "−0,25", "2", "0"]
    assert row_of(document, "TL-04")[1:] == ["Tài liệu không thể hiện số đã khai", "+0,75"]
    assert row_of(document, "B.1")[2:6] == ["3,00", "2,25", "TL-04", "Tài liệu không thể hiện số đã khai."]
    # B.3 is the agency's own: one row for all units, none among the corrections.
    assert row_of(document, "B.3")[2:] == ["Sở Khoa học và Công nghệ", "3", "0,50", "0,50", "1,50"]
    words = text_of(document)
    assert explaining.criteria_set.identity in words
    assert "3 đơn vị đã nộp" in words


def test_what_was_asked_granted_contested_assigned_and_declared_is_in_it(appraising):
    year, people = appraising, appraising.people
    declare_conflict(
        person=people["appraiser2"], unit=year.units[1], kind="family", reason="Em trai.", actor=people["lead"]
    )
    record_superior(agency=year.office, unit=year.units[2], reason="Trực thuộc.", actor=people["lead"])
    how = {"cycle": year.cycle, "agency": year.agency, "mode": "unit", "seed": 7, "actor": people["lead"]}
    draft = plan_assignment(**how, cap=None)
    plan = adopt_assignment(**how, cap=draft.cap, digest=draft.digest)
    asked = year.answer("A.1")
    due = clock.now() + timedelta(days=5)
    ask_clarification(
        answer=asked, question="Kế hoạch số mấy?", due_at=due, version=asked.version, actor=people["lead"]
    )
    line = year.answer("B.2", 1)
    Answer.objects.filter(pk=line.pk).update(asks_not_applicable=True)
    grant_not_applicable(answer=line, reason="Không có đối tượng.", version=line.version, actor=people["lead"])

    document = opened(paper(year))

    assert row_of(document, "Sở Khoa học và Công nghệ", "theo đơn vị")[2:4] == [str(plan.cap), "7"]
    assert row_of(document, people["appraiser2"].full_name)[1:3] == ["Phường Tô Hiệu", "có người thân ở đơn vị"]
    assert row_of(document, year.office.name)[1] == "Xã Đoàn Kết"
    assert row_of(document, "Xã Ngọc Chiến", "A.1")[2] == "Kế hoạch số mấy?"
    assert row_of(document, "Phường Tô Hiệu", "B.2")[3:6] == ["Đơn vị đề nghị", "Chấp nhận", "Không có đối tượng."]
    assert "Đã biết khi lập phương án" in text_of(document)


def test_a_contest_stands_with_what_it_changed(explaining):
    contest = file_explanation(answer=explaining.answer("B.1"), grounds="Đã gửi bổ sung.", actor=explaining.head())
    decide_explanation(
        explanation=contest,
        action=ExplanationAction.UPHOLD,
        raw={},
        reason="Có văn bản.",
        actor=explaining.people["appraiser2"],
    )

    row = row_of(opened(paper(explaining)), "Xã Ngọc Chiến", "B.1")

    assert row[3:7] == ["2,25", "3,00", "Chấp nhận", "Có văn bản."]


def test_every_number_of_the_paper_is_tied_but_what_the_office_writes(explaining):
    """Whatever is a number and not in a control is a name, a title, a reason, the moment of printing or a place in a list."""
    data = paper(explaining)
    document = opened(data)
    for control in list(document.element.body.iter(qn("w:sdt"))):
        control.getparent().remove(control)
    for table in document.tables:  # places in a list
        for row in table.rows:
            if row.cells[0].text.isdigit():
                row.cells[0].text = ""

    left = text_of(document)

    for known in ("253/QĐ-UBND ngày 17/02/2023", "253/QĐ-UBND", "SHA-256", "A.1", "B.1", "B.3", "năm 2027"):
        left = left.replace(known, "")
    assert re.findall(r"\d+", re.sub(r"\b\d\. ", "", left)) == []
    assert findings(data, explaining) == []
    assert len({one.address for one in figures_in(data)}) > 45


def test_free_text_cannot_pass_for_a_figure_or_a_tag(appraising):
    answer = appraising.answer("B.1")
    reason = "{{ year }} {%p if %} <w:t>&amp; \ue000u1.claimed\ue0019\ue002"
    correct(appraising, "B.1", a="60", b="100")
    row = Correction.objects.latest("pk")
    row.pk, row.reason = None, reason
    row.save()
    Answer.objects.filter(pk=answer.pk).update(correction=row)

    data = paper(appraising)

    assert row_of(opened(data), "B.1")[5] == "{{ year }} {%p if %} <w:t>&amp; u1.claimed9"
    assert findings(data, appraising) == []


def test_the_guide_names_everything_that_a_template_may_name(appraising):
    guide = (settings.ROOT / "docs" / "how-to" / "dieu-hanh-tham-dinh.md").read_text()
    scope = scope_for(appraising.people["secretary"], group(appraising))
    words = worded(read_records(scope), "", clock.now())

    assert [name for name in (*words, *words["counts"]) if f"`{name}`" not in guide] == []


def test_each_round_stands_apart_and_the_council_with_its_own_minutes(explaining):
    """0.38 given back in the first round, the rest by the council in the second; the appraiser's word stays the first."""
    year, people = explaining, explaining.people
    first = file_explanation(answer=year.answer("B.1"), grounds="Đã gửi bổ sung.", actor=year.head())
    partly = {"action": ExplanationAction.UPHOLD_PARTLY, "raw": {"a": "70", "b": "100"}, "reason": "Một phần."}
    decide_explanation(explanation=first, **partly, actor=people["appraiser2"])
    closes = clock.now() + timedelta(days=40)
    with year.on(EXPLAINED + timedelta(hours=1)):
        year.cycle = open_round(
            cycle=year.cycle, closes_at=closes, words=300, reason="Còn ý kiến.", actor=people["secretary"]
        )
        second = file_explanation(answer=year.answer("B.1"), grounds="Còn văn bản nữa.", actor=year.head())
        refer_to_council(explanation=second, reason="Phức tạp.", actor=people["lead"])
        enter_council_decision(
            explanation=second, action=ExplanationAction.UPHOLD, raw={}, number="05/BB-HĐTĐ", reason="Đủ căn cứ.",
            decided_on=localdate(clock.now()), present="Ông A; bà B.", actor=people["lead"],
        )  # fmt: skip
        data = paper(year)

        rows = [row for row in rows_of(opened(data)) if row[:2] == ["Xã Ngọc Chiến", "B.1"]]
        assert [(row[2][:6], *row[3:6]) for row in rows] == [
            ("Vòng 1", "2,25", "2,63", "Chấp nhận một phần"),
            ("Vòng 2", "2,63", "3,00", "Chấp nhận"),
        ]
        assert rows[1][7].startswith("Hội đồng thẩm định, biên bản 05/BB-HĐTĐ ngày")
        assert row_of(opened(data), "B.1")[2:4] == ["3,00", "2,25"]
        assert findings(data, year) == []


def test_double_marking_stands_with_its_draw_and_how_alike_the_marks_are(doubled):
    mark_second(doubled)
    correct(doubled, "B.1", a="60", b="100")

    data = paper(doubled)

    row = next(row for row in rows_of(opened(data)) if row[1:2] == ["10%; 20%"])
    assert row[0].startswith("Sở Khoa học và Công nghệ; Người lead")
    assert row[2:] == ["1", "1", "1", "1", "0"]
    assert "có 1 dòng đủ điểm hai lượt, 0 dòng như nhau; ít hơn 10 dòng" in text_of(opened(data))
    assert findings(data, doubled) == []
