"""The ranking as a workbook an office prints and signs: a sheet per group, its criteria, the list of criteria.

Official documents are Vietnamese by nature (design.md 8): what is printed here does not pass through gettext.
"""

from collections.abc import Iterable, Iterator

from core.workbook.naming import sheet_name
from core.workbook.saving import new_book, saved
from scoring.models import RankingRun
from scoring.ranking.exports.criteria_list import fill_criteria_list
from scoring.ranking.exports.criteria_sheet import fill_criteria_sheet
from scoring.ranking.exports.heading import Annex
from scoring.ranking.exports.ranking_sheet import fill_ranking_sheet
from scoring.ranking.reading import read_run
from scoring.ranking.selectors import earlier_run


def workbook(run_or_runs: RankingRun | Iterable[RankingRun]) -> bytes:
    """The file of one run, or of several groups: all ranking sheets come first, in the order given."""
    runs = [run_or_runs] if isinstance(run_or_runs, RankingRun) else list(run_or_runs)
    annexes = list(_annexes(runs))
    book = new_book()
    names: set[str] = set()
    for annex in annexes:
        fill_ranking_sheet(book.create_sheet(sheet_name(annex.reading.opened.group_name, names)), annex)
    for fill, words in ((fill_criteria_sheet, "Điểm tiêu chí"), (fill_criteria_list, "Danh mục tiêu chí")):
        for annex in annexes:
            name = words if len(annexes) == 1 else f"{words} {annex.number} - {annex.reading.opened.group_name}"
            fill(book.create_sheet(sheet_name(name, names)), annex)
    title = f"Bảng xếp hạng chuyển đổi số năm {runs[0].cycle.year}"
    return saved(book, title=title, moment=max(run.published_at or run.computed_at for run in runs))


def _annexes(runs: list[RankingRun]) -> Iterator[Annex]:
    for number, run in enumerate(runs, 1):
        before = earlier_run(run)
        yield Annex(
            run=run,
            reading=read_run(run),
            earlier_run=before,
            earlier=read_run(before) if before else None,
            number="" if len(runs) == 1 else _roman(number),
        )


def _roman(number: int) -> str:
    tens, ones = divmod(number, 10)
    return "X" * tens + ["", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX"][ones]
