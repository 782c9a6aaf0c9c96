"""Every cell, formula, width and look of the workbooks of the golden sets stays as it is unless it is changed on purpose.

`DIGESTS=write pytest tests/scoring/engine/spreadsheet/test_digests.py` keeps the new ones, after the workbooks have been
looked at and LibreOffice agrees (`test_libreoffice.py`).
"""

import hashlib
import io
import json
import os
import zipfile
from pathlib import Path

import pytest

from scoring.engine import Refused, load_set, read_groups, read_values, score
from scoring.engine.spreadsheet import workbook

from ..builders import GOLDEN

KEPT = Path(__file__).parent / "digests.json"
SETS = sorted(GOLDEN.rglob("*.set.json"))


def digest(path: Path, lang: str) -> str:
    """Of all parts unpacked, since another zlib may pack them otherwise; of the refusal's sentences where there is one."""
    values, groups = (Path(str(path).replace(".set.json", f".{name}.csv")) for name in ("values", "groups"))
    entries = read_groups(groups.read_bytes()) if groups.exists() else None
    answers = read_values(values.read_bytes())
    try:
        book = workbook(score(load_set(path.read_bytes()), answers, entries), answers, entries, lang=lang)
    except Refused as refused:
        parts = [fault.sentence(lang).encode() for fault in refused.faults]
    else:
        with zipfile.ZipFile(io.BytesIO(book)) as archive:
            parts = [part for name in archive.namelist() for part in (name.encode(), archive.read(name))]
    return hashlib.sha256(b"\0".join(parts)).hexdigest()


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_workbooks_of_the_golden_sets_are_as_they_were(lang):
    found = {str(path.relative_to(GOLDEN)): digest(path, lang) for path in SETS}
    kept = json.loads(KEPT.read_text()) if KEPT.exists() else {}
    if os.environ.get("DIGESTS") == "write":
        KEPT.write_text(json.dumps(kept | {lang: found}, indent=1) + "\n")

    assert len(found) == len(SETS) > 10
    assert json.loads(KEPT.read_text())[lang] == found
