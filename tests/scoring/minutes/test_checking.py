"""A file of minutes against the records: which figure no longer agrees, and where it stands."""

import pytest
from docx.oxml.ns import qn

from core.errors import Invalid, NotAllowed
from core.official.filling import figures_in
from scoring.conflicts.services import declare_conflict
from scoring.minutes.checking import Fault
from scoring.models import Assessment
from tests.scoring.filing.conftest import docx
from tests.scoring.minutes.papers import control_of, findings, opened, paper, saved, typed_over
from tests.stages import correct

pytestmark = pytest.mark.django_db


def told(found) -> list[tuple]:
    return [(one.fault, one.in_file, one.in_records) for one in found]


def test_a_record_that_changed_since_is_named_with_its_row(appraising):
    correct(appraising, "B.1", a="60", b="100")
    data = paper(appraising)
    correct(appraising, "B.1", a="70", b="100")

    found = [one for one in findings(data, appraising) if one.place.said.startswith("B.1")]

    assert told(found)[0] == (Fault.RECORD_CHANGED, "2,25", "2,63")
    assert "B.1" in found[0].where
    assert found[0].place.row == 3


def test_a_figure_that_was_typed_over_is_named_with_its_row(explaining):
    unit = explaining.units[0].pk
    data = typed_over(paper(explaining), f"u{unit}.final", "9,75")

    (found,) = findings(data, explaining)

    assert told([found]) == [(Fault.TYPED_OVER, "9,75", "8,75")]
    assert "Xã Ngọc Chiến" in found.where


def test_a_figure_of_a_sentence_is_named_with_its_paragraph(explaining):
    (found,) = findings(typed_over(paper(explaining), "count.units", "4"), explaining)

    assert (found.place.table, found.place.paragraph > 0) == (0, True)
    assert "4 đơn vị" in found.where


def test_words_may_be_changed_and_a_figure_typed_again_with_other_signs(explaining):
    unit = explaining.units[0].pk
    document = opened(typed_over(paper(explaining), f"u{unit}.difference", "-0,25"))
    for line in document.paragraphs:
        for run in line.runs:
            run.text = run.text.replace("Không có", "Chưa có")
    document.add_paragraph("Kết luận: thống nhất 100%.")

    assert findings(saved(document), explaining) == []


def test_a_row_that_was_deleted_is_told_once(explaining):
    document = opened(paper(explaining))
    row = next(control_of(document, f"u{explaining.units[0].pk}.claimed").iterancestors(qn("w:tr")))
    row.getparent().remove(row)

    (found,) = findings(saved(document), explaining)

    assert found.fault == Fault.MISSING
    assert "Xã Ngọc Chiến" in found.where


def test_a_figure_whose_record_is_no_longer_in_the_minutes_is_told(explaining):
    form = explaining.assessment(1)
    Assessment.objects.filter(pk=form.pk).update(on_time=False, late_minutes=90)
    data = paper(explaining)
    Assessment.objects.filter(pk=form.pk).update(on_time=True, late_minutes=None)

    assert (Fault.NO_RECORD, "muộn 1 giờ 30 phút", "") in told(findings(data, explaining))


def test_a_conflict_of_interest_leaves_a_unit_out_and_closes_the_paper_of_who_reads_more(explaining):
    year, lead = explaining, explaining.people["lead"]
    whole = paper(year)
    declare_conflict(person=lead, unit=year.units[1], kind="family", reason="Người thân.", actor=lead)
    lead.forget_roles()
    own = paper(year, "lead")

    held = {one.address for one in figures_in(own)}
    assert {f"u{year.units[0].pk}.claimed", f"out{year.units[1].pk}"} <= held
    assert f"u{year.units[1].pk}.claimed" not in held
    assert any("không gồm số liệu của các đơn vị" in line.text for line in opened(own).paragraphs)
    assert findings(own, year, "lead") == []
    assert findings(own, year, "secretary") == []
    with pytest.raises(NotAllowed):
        findings(whole, year, "lead")


@pytest.mark.parametrize("what", ["no_minutes", "another_year", "no_text"])
def test_what_is_no_minutes_of_ours_is_refused(explaining, what):
    data = paper(explaining)
    if what == "another_year":
        document = opened(data)
        tag = next(
            one for one in document.element.body.iter(qn("w:tag")) if one.get(qn("w:val")).startswith("minutes.")
        )
        tag.set(qn("w:val"), f"minutes.{10**17}.1#" + "0" * 12)
        data = saved(document)
    elif what == "no_minutes":
        document = opened(data)
        for control in list(document.element.body.iter(qn("w:sdt"))):
            control.getparent().remove(control)
        data = saved(document)
    else:
        data = docx()

    with pytest.raises(Invalid):
        findings(data, explaining)
