"""One result everywhere: command line, files, rows of the database, cells of the workbook."""

import csv
import io
import json
import subprocess
import sys
import zipfile
from dataclasses import replace
from decimal import Decimal
from hashlib import sha256

import pytest
from django.core.management import call_command
from openpyxl import load_workbook

from core.errors import WrongState
from core.workbook.saving import new_book
from scoring import engine
from scoring.models import RankingRun
from scoring.ranking.exports import bundle_files, bundle_zip, snapshot_file
from scoring.ranking.exports.criteria_list import write_leaf
from scoring.ranking.exports.heading import long_date
from scoring.ranking.exports.workbook import workbook
from scoring.ranking.services import start_run
from tests.factories import year as factory
from tests.factories.year import LOCKS
from tests.scoring.ranking.conftest import replace_published
from tools.verifier import build

pytestmark = pytest.mark.django_db
TAG = "commune-2026"


def score(folder, *options: str) -> subprocess.CompletedProcess:
    """The command of the README, in a fresh interpreter without the project around it."""
    command = [sys.executable, "-m", "scoring.engine", "score", f"criteria-set-{TAG}.json", f"values-{TAG}.csv"]
    return subprocess.run(
        [*command, "--groups", f"groups-{TAG}.csv", *options], cwd=folder, capture_output=True, env={}
    )


def test_the_command_line_gives_the_exported_results_byte_for_byte(published, tmp_path):
    with zipfile.ZipFile(io.BytesIO(bundle_zip(published))) as archive:
        archive.extractall(tmp_path)

    done = score(tmp_path, "--out", "check.csv")

    assert (done.returncode, done.stderr) == (0, b"")
    assert (tmp_path / "check.csv").read_bytes() == bundle_files(published)[f"results-{TAG}.csv"]


def test_the_one_file_engine_verifies_exactly_the_public_files(published, tmp_path):
    engine_file = str(build(tmp_path / "engine" / "sonla-engine.pyz"))
    files = bundle_files(published) | {"snapshot.json": snapshot_file(published)}
    folder = tmp_path / "downloads"
    folder.mkdir()
    for name, data in files.items():
        (folder / name).write_bytes(data)
    three = [f"{kind}-{TAG}.{end}" for kind, end in (("criteria-set", "json"), ("values", "csv"), ("results", "csv"))]

    def run(*arguments: str) -> subprocess.CompletedProcess:
        return subprocess.run([sys.executable, "-I", "-S", engine_file, *arguments], cwd=folder, capture_output=True)

    verified = run("verify", *three, "--groups", f"groups-{TAG}.csv")
    record = run("verify-snapshot", "snapshot.json")

    assert (verified.returncode, record.returncode) == (0, 0)
    assert verified.stdout in record.stdout
    assert published.sha256 in record.stdout.decode()


def test_results_rows_and_workbook_say_the_same(published):
    results = list(csv.DictReader(io.StringIO(bundle_files(published)[f"results-{TAG}.csv"].decode())))
    rows = {row.unit.code: row for row in published.rows.select_related("unit")}
    sheet = load_workbook(io.BytesIO(workbook(published))).worksheets[0]

    names = {row.unit.name: code for code, row in rows.items()}
    marks = {cell.value: cell.column for cell in next(_rows_with(sheet, "A"))}
    cells = {names[line[1].value]: line for line in sheet.iter_rows() if line[1].value in names}
    assert [row["unit"] for row in results] == list(cells)
    for row in results:
        stored, line = rows[row["unit"]], cells[row["unit"]]
        printed = [line[marks[mark] - 1].value for mark in ("1", "2", "3=1+…+2", "4", "5", "6=3\n+4−5", "7")]
        wanted = [row["A"], row["B"], row["ALL"], row["bonus"], row["penalty"], row["total"], row["rank"]]
        assert [str(Decimal(str(value))) for value in printed] == [_plain(text) for text in wanted]
        assert (stored.total, stored.rank, stored.grade) == (Decimal(row["total"]), int(row["rank"]), row["grade"])
        assert stored.nodes == {code: row[code] for code in ("ALL", "A", "B")}


def _plain(text: str) -> str:
    return str(Decimal(text).normalize() + 0) if "." in text else text


def _rows_with(sheet, value):
    return (row for row in sheet.iter_rows() if row[0].value == value)


def test_numbers_are_numbers_and_ranks_are_whole(published):
    book = load_workbook(io.BytesIO(workbook(published)))
    head = next(_rows_with(book.worksheets[0], "A"))[0].row

    ranking = [row for row in book.worksheets[0].iter_rows(min_row=head + 1) if isinstance(row[0].value, int)]
    assert [row[8].value for row in ranking] == [1, 2, 3]
    assert {type(cell.value) for row in ranking for cell in row[2:8]} <= {int, float}
    assert {cell.number_format for row in ranking for cell in row[2:8]} == {"[$-42A]#,##0.00"}
    assert {row[8].number_format for row in ranking} == {"[$-42A]#,##0"}
    criteria = [row for row in book.worksheets[1].iter_rows(min_row=8) if isinstance(row[0].value, int)]
    assert {type(cell.value) for row in criteria for cell in row[2:]} <= {int, float, type(None)}


def test_the_criteria_sheet_shows_claim_and_appraisal_of_every_line(published):
    sheet = load_workbook(io.BytesIO(workbook(published))).worksheets[1]
    heads = {cell.value.split(" ")[0]: cell.column for cell in sheet[6] if cell.value and "(" in str(cell.value)}
    lines = {sheet.cell(row, 2).value: row for row in range(8, 11)}

    assert set(heads) == {"A.1", "A.2", "A.3", "B.1", "B.2", "B.3", "T.1", "P.1", "P.2"}
    row = lines["Phường Tô Hiệu"]
    assert [sheet.cell(row, heads["A.2"] + step).value for step in (0, 1)] == [1, 1]
    # B.3 is entered by the appraiser: the unit claimed nothing, which is not 0.
    assert [sheet.cell(row, heads["B.3"] + step).value for step in (0, 1)] == [None, 0.5]


def test_the_sheet_is_set_up_for_paper(published):
    sheet = load_workbook(io.BytesIO(workbook(published))).worksheets[0]
    head = next(_rows_with(sheet, "A"))[0].row

    assert (sheet.page_setup.orientation, int(sheet.page_setup.paperSize)) == ("landscape", 9)
    assert sheet.print_title_rows == f"${head - 2}:${head}"
    assert sheet.print_title_cols == "$A:$B"
    assert sheet.freeze_panes == f"C{head + 1}"
    assert sheet.print_area.endswith(f"${sheet.max_row}")
    assert "&P/&N" in sheet.oddFooter.right.text.replace(" ", "")
    assert sheet.oddHeader.right.text == "DỮ LIỆU MINH HỌA"
    assert {cell.font.name for row in sheet.iter_rows() for cell in row if cell.value} == {"Times New Roman"}


def test_the_sheet_carries_what_nghi_dinh_30_asks_for(published):
    text = _text(load_workbook(io.BytesIO(workbook(published))).worksheets[0])

    for wanted in (
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "BẢNG XẾP HẠNG CHUYỂN ĐỔI SỐ CÁC XÃ, PHƯỜNG NĂM 2026",
        "(Kèm theo Quyết định số 312/QĐ-UBND ngày 01 tháng 02 năm 2027 của Chủ tịch Ủy ban nhân dân tỉnh Sơn La)",
        "Căn cứ: Quyết định 253/QĐ-UBND",
        "CHỦ TỊCH",
        "NGƯỜI LẬP BẢNG",
        published.started_by.full_name,
        published.sha256,
    ):
        assert any(wanted in line for line in text), wanted


def _text(sheet) -> list[str]:
    return [cell.value for row in sheet.iter_rows() for cell in row if isinstance(cell.value, str)]


def test_a_draft_says_that_it_is_one(year):
    year.to_appraisal()
    with year.on(LOCKS):
        run = year.compute()

    sheet = load_workbook(io.BytesIO(workbook(run))).worksheets[0]

    assert "DỰ THẢO, CHƯA CÔNG BỐ" in sheet.oddHeader.right.text
    assert any("ngày … tháng … năm …" in line for line in _text(sheet))


def test_names_that_look_like_formulas_stay_text(year):
    name = "=HYPERLINK(1)"
    year.units[0].name = year.units[0].short_name = name
    year.units[0].save()

    book = load_workbook(io.BytesIO(workbook(year.all_the_way())))

    cells = [cell for sheet in book.worksheets for row in sheet.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells if cell.value == name} == {"s"}
    assert "f" not in {cell.data_type for cell in cells}


def test_several_groups_are_several_sheets_and_annexes(published):
    book = load_workbook(io.BytesIO(workbook([published, published])))

    assert book.sheetnames[:2] == ["Xã, phường", "Xã, phường 2"]
    assert "Phụ lục II" in _text(book.worksheets[1])
    assert all(len(name) <= 31 for name in book.sheetnames)


def test_files_are_the_same_bytes_every_time(published):
    assert workbook(published) == workbook(RankingRun.objects.get(pk=published.pk))
    assert bundle_zip(published) == bundle_zip(published)


def test_files_prove_themselves_by_their_hashes(published, year):
    files = bundle_files(published)

    assert sorted(files) == [
        f"criteria-set-{TAG}.json", f"groups-{TAG}.csv", f"results-{TAG}.csv", f"values-{TAG}.csv",
    ]  # fmt: skip
    assert sha256(files[f"criteria-set-{TAG}.json"]).hexdigest() == year.criteria_set.identity
    assert sha256(snapshot_file(published)).hexdigest() == published.sha256


def test_files_come_from_the_snapshot_alone(published, year):
    before = bundle_files(published), workbook(published)
    year.units[0].name = "Xã Tên Mới"
    year.units[0].save()

    assert (bundle_files(published), workbook(published)) == before


def test_a_run_in_the_making_has_no_files(year):
    year.to_appraisal()
    with year.on(LOCKS):
        run = start_run(cycle=year.cycle, group=year.group, actor=year.people["secretary"])

    with pytest.raises(WrongState):
        bundle_files(run)


def test_a_record_that_does_not_prove_itself_leaves_in_no_file(published):
    RankingRun.objects.filter(pk=published.pk)
    published.sha256 = "0" * 64

    for export in (bundle_files, bundle_zip, snapshot_file, workbook):
        with pytest.raises(WrongState):
            export(published)


def test_an_old_run_keeps_its_files(published, year):
    before = bundle_files(published)
    replace_published(year)

    assert bundle_files(RankingRun.objects.get(pk=published.pk)) == before


def test_ties_are_told_in_the_notes(year, monkeypatch):
    monkeypatch.setitem(factory.CLAIMS, "22222", factory.CLAIMS["11111"])
    sheet = load_workbook(io.BytesIO(workbook(year.all_the_way()))).worksheets[0]

    assert any(line.startswith("(1) Cùng 9,50 điểm:") and "cùng hạng" in line for line in _text(sheet))
    assert _text(sheet).count("(1)") == 2


def test_who_handed_nothing_in_stands_below_a_line_of_words(year):
    ranking, criteria = load_workbook(io.BytesIO(workbook(year.all_the_way(0)))).worksheets[:2]

    rows = [[cell.value for cell in row] for row in ranking.iter_rows()]
    line = next(
        number for number, row in enumerate(rows) if row[0] == "2 đơn vị không nộp bản tự đánh giá, tính 0 điểm"
    )
    assert [rows[number][1] for number in (line - 1, line + 1, line + 2)] == [
        "Xã Ngọc Chiến", "Phường Tô Hiệu", "Xã Đoàn Kết",
    ]  # fmt: skip
    assert ["Không nộp" in row for row in rows[line - 1 : line + 3]] == [False, False, True, True]
    names = {cell.value: cell.font.italic for cell in criteria["B"] if cell.value}
    assert [names[name] for name in ("Xã Ngọc Chiến", "Phường Tô Hiệu", "Xã Đoàn Kết")] == [False, True, True]
    assert any("Tên in nghiêng" in text for text in _text(criteria))


def test_what_is_repeated_on_every_page_carries_no_piece_of_the_title(published):
    criteria = load_workbook(io.BytesIO(workbook(published))).worksheets[1]

    assert criteria.print_title_cols == "$A:$B"
    assert [cell.value for row in criteria["A1:B3"] for cell in row] == [None] * 6
    assert criteria["C1"].value.startswith("ĐIỂM TỪNG TIÊU CHÍ")


def test_sheets_fit_the_width_of_a_page_and_pillars_have_pages_of_their_own(published):
    ranking, criteria, listed = load_workbook(io.BytesIO(workbook(published))).worksheets

    assert [sheet.sheet_properties.pageSetUpPr.fitToPage for sheet in (ranking, criteria, listed)] == [
        True,
        False,
        True,
    ]
    assert (ranking.page_setup.fitToWidth, ranking.page_setup.fitToHeight) == (1, 0)
    assert criteria.col_breaks.brk


def test_what_does_not_apply_is_shown_raw_and_adjusted(year):
    from scoring.appraisal.services import grant_not_applicable  # noqa: PLC0415 - only this test grants it

    year.to_appraisal()
    with year.on(LOCKS):
        line = year.answer("B.2", 1)
        grant_not_applicable(
            answer=line, reason="Không có đối tượng", version=line.version, actor=year.people["appraiser"]
        )
    year.appraise().to_explanation()
    book = load_workbook(io.BytesIO(workbook(year.publish())))

    ranking, criteria = book.worksheets[:2]
    row = next(row for row in ranking.iter_rows() if row[1].value == "Phường Tô Hiệu")
    # 1 + 1 + 0.5 of 4, 2.25 + 0.5 of 4: 5.25 of 8, rescaled to 10.
    assert [cell.value for cell in row[2:9]] == [2.5, 2.75, 5.25, 8, 0, 0, 6.56]
    assert "KAD" in {cell.value for row in criteria.iter_rows() for cell in row}


def test_the_demo_command_finds_its_files(published, tmp_path):
    from sonla_awards.sample.exports import write_files  # noqa: PLC0415 - the demo's, not the desk's

    assert sorted(write_files(tmp_path)) == sorted([*bundle_files(published), f"ranking-{TAG}.xlsx"])
    call_command("verify_ranking", stdout=io.StringIO())


def test_the_snapshot_is_canonical_json(published):
    document = json.loads(published.snapshot)

    assert published.snapshot == json.dumps(document, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    assert document["units"]["11111"]["name"] == "Xã Ngọc Chiến"
    assert document["engine_version"] == engine.ENGINE_VERSION


@pytest.mark.parametrize(
    ("day", "words"),
    [("2026-02-05", "ngày 05 tháng 02 năm 2026"), ("2026-03-15", "ngày 15 tháng 3 năm 2026")],
)
def test_dates_are_written_by_the_decree(day, words):
    from datetime import date  # noqa: PLC0415 - only here

    assert long_date(date.fromisoformat(day)) == words


def test_a_line_of_the_list_is_as_high_as_its_wrapped_source(published):
    """The indent takes room: reckoned without it, this source fits two lines; LibreOffice prints three."""
    source = (
        "Nội dung được nêu trong kết quả chấm điểm năm 2024 của tỉnh Sơn La (Báo Sơn La) (trên 95%); điểm do dự án đặt"
    )
    leaf = replace(published.criteria_set.definition.lines[0], source=source)
    sheet = new_book().create_sheet("Danh mục")

    write_leaf(sheet, 1, leaf)

    assert sheet.row_dimensions[1].height > 3 * 11 * 1.2
