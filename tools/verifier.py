"""Build var/sonla-engine.pyz: the scoring engine in one file, to score and to verify with Python alone.

    python tools/verifier.py [FILE]         (make verifier)
    python3 sonla-engine.pyz verify criteria-set-….json values-….csv results-….csv --groups groups-….csv

The same sources give the same bytes, whoever builds it and when: files in order, one date, nothing compressed (what
zlib gives differs by version). Only the engine is inside, under its own name; it needs the standard library alone.
"""

import io
import sys
import zipapp
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
ENGINE = ROOT / "scoring" / "engine"
FILE = ROOT / "var" / "sonla-engine.pyz"
INTERPRETER = "/usr/bin/env python3"
OLDEST = (3, 11)
# The first date that an archive can hold.
_EPOCH = (1980, 1, 1, 0, 0, 0)
_MODE = 0o100644 << 16

_MAIN = f'''\
"""The scoring engine of the digital transformation emulation of Sơn La, in one file."""

import sys

if sys.version_info < {OLDEST}:
    sys.exit("Python {OLDEST[0]}.{OLDEST[1]} or newer is needed. Cần Python {OLDEST[0]}.{OLDEST[1]} trở lên.")

from scoring.engine.commands import main

sys.exit(main(sys.argv[1:], "sonla-engine.pyz"))
'''


def files() -> dict[str, bytes]:
    """What stands in the archive, by name: the engine's sources, the schema of a set, and the licence."""
    found = {"__main__.py": _MAIN.encode(), "LICENSE": (ROOT / "LICENSE").read_bytes(), "scoring/__init__.py": b""}
    for path in ENGINE.rglob("*"):
        if path.suffix in (".py", ".json"):
            found[f"scoring/engine/{path.relative_to(ENGINE).as_posix()}"] = path.read_bytes()
    return dict(sorted(found.items()))


def build(target: Path) -> Path:
    """Write the archive at `target`, executable, its folder made where it is missing."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as archive:
        for name, data in files().items():
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.create_system, entry.external_attr = 3, _MODE  # as written on Unix, wherever it was
            archive.writestr(entry, data)
    packed.seek(0)
    target.parent.mkdir(parents=True, exist_ok=True)
    zipapp.create_archive(packed, str(target), interpreter=INTERPRETER)
    return target


if __name__ == "__main__":
    print(build(Path(sys.argv[1]) if len(sys.argv) > 1 else FILE))
