"""LibreOffice reckons a workbook again: what the engine found is taken out first, so that nothing but formulas is left."""

import io
import re
import shutil
import subprocess
import zipfile
from collections.abc import Mapping
from pathlib import Path

from openpyxl import load_workbook

from scoring.engine import Results

# Recalculate on loading, whoever wrote the file.
_PROFILE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry"><item oor:path="/org.openoffice.Office.Calc/Formula/Load">
<prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item></oor:items>
"""
_CACHED = re.compile(rb"</f><v>[^<]*</v>")
RESULT_SHEETS = ("Kết quả", "Results")


def installed() -> bool:
    return shutil.which("soffice") is not None


def stripped(book: bytes) -> bytes:
    """The workbook without any value beside a formula."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book)) as archive, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as copy:
        for name in archive.namelist():
            copy.writestr(name, _CACHED.sub(b"</f>", archive.read(name)))
    return stream.getvalue()


def recalculate(folder: Path, *sources: Path) -> None:
    """Load, reckon and save workbooks of `folder`, all in one go; what comes out stands in `out` under the same name."""
    (folder / "profile" / "user").mkdir(parents=True, exist_ok=True)
    (folder / "profile" / "user" / "registrymodifications.xcu").write_text(_PROFILE)
    profile = f"-env:UserInstallation=file://{folder / 'profile'}"
    target = ["--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", folder / "out"]
    subprocess.run(["soffice", profile, "--headless", *target, *sources], check=True, capture_output=True)


def recalculated(books: Mapping[str, bytes], folder: Path) -> dict[str, Path]:
    """The workbooks as LibreOffice saves them after reckoning everything."""
    sources = {name: folder / f"{name}.xlsx" for name in books}
    for name, book in books.items():
        sources[name].write_bytes(stripped(book))
    recalculate(folder, *sources.values())
    return {name: folder / "out" / f"{name}.xlsx" for name in books}


def read_results(path: Path) -> dict[str, tuple[str, str, str, str]]:
    """Unit → (total, rank, grade, verdict) as texts, from the file that LibreOffice saved."""
    book = load_workbook(path, read_only=True, data_only=True)
    sheet = next(book[name] for name in RESULT_SHEETS if name in book.sheetnames)
    found = {}
    for row in sheet.iter_rows(min_row=7, values_only=True):
        unit, _group, _base, _bonus, _penalty, _exact, total, rank, grade, *_rest = (*row, *[None] * 14)[:14]
        found[str(unit)] = (_text(total), _text(rank), grade or "", row[12])
    return found


def expected(results: Results) -> dict[str, tuple[str, str, str, str]]:
    return {
        row.unit: (
            "" if row.total is None else _text(float(row.total)),
            "" if row.rank is None else str(row.rank),
            row.grade,
            "khớp",
        )
        for row in results.rows
    }


def _text(value) -> str:
    return "" if value in (None, "") else f"{value:.15g}" if isinstance(value, int | float) else str(value)
