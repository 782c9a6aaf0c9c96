"""X3: a book from outside as the product takes it in: looked at, walked, read, every cell judged as it is for a form.

`... book plain|guarded FILE`: in this process, or in one of its own with limits, as the pages do it.
"""

import sys
from pathlib import Path

from django.conf import settings

from benchmarks.measure import serve, timed
from core.workbook import Limits, Sheet, read_workbook
from core.workbook.values import number_text

ROOT = Path(__file__).resolve().parents[1]
LIMITS = Limits(bytes=20 * 2**20, rows=10_000, columns=100)


def taken_in(sheets: list[Sheet]) -> list[list[str]]:
    """Every cell as typed text; a formula or an error would have been named by the reading."""
    (sheet,) = sheets
    if sheet.formulas or sheet.errors:
        raise ValueError("The book is of plain values.")
    return [[value.strip() if type(value) is str else number_text(value) for value in row] for row in sheet.rows]


def guarded(data: bytes) -> list[Sheet]:
    from core.workbook.guard import read_guarded  # noqa: PLC0415 - needs the settings below

    return read_guarded(data, limits=LIMITS)


if __name__ == "__main__":
    settings.configure(ROOT=ROOT, LOCALE_PATHS=[ROOT / "locale"], LANGUAGE_CODE="vi", USE_I18N=False)
    content = Path(sys.argv[2]).read_bytes()
    if sys.argv[1] == "guarded":
        serve(timed(lambda: taken_in(guarded(content))))
    else:
        serve(timed(lambda: taken_in(read_workbook(content, limits=LIMITS))))
