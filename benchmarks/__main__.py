"""`python -m benchmarks GROUP ...`: print product, anchor, ratio and target of every figure of the groups."""

import argparse
import importlib
import os
import platform
import sys
from pathlib import Path

from benchmarks.measure import HEADS, Figure

GROUPS = {
    "engine": "scoring 96 and 4,100 units against numpy and LibreOffice",
    "storage": "from the database to the database, against plain reading and writing and against Django loops",
    "formula": "the slowest of 100,000 formulas",
    "desk": "the appraisal list of 200 units and one line of 96 read and decided, against the limits of W4 and of the desk",
    "web": "a signed-in list and the saving of a line against small Django pages",
    "mc": "10,000 draws of a ranking against plain sorts, pandas and scipy",
    "excel": "a styled sheet of 4,100 x 100 against bare openpyxl, and a book read against python-calamine",
    "startup": "manage.py check against a plain project of 25 apps",
}


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("groups", nargs="*", metavar="GROUP", help="; ".join(GROUPS))
    parser.add_argument("--list", action="store_true", help="name the groups and stop")
    parser.add_argument("--rounds", type=int, default=9, help="pairs of measurements a figure (9)")
    given = parser.parse_args(arguments)
    if unknown := [name for name in given.groups if name not in GROUPS]:
        print(f"No group is called {', '.join(unknown)}. There are: {', '.join(GROUPS)}.", file=sys.stderr)
        return 2
    if given.list or not given.groups:
        print("\n".join(f"{name:8} {what}" for name, what in GROUPS.items()))
        return 0
    print(f"\n{machine()}\n\n| {' | '.join(HEADS)} |\n|{'---|' * len(HEADS)}")
    # Read when numpy is loaded: product and anchors alike multiply matrices on one thread.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    for name in given.groups:
        group = importlib.import_module(f"benchmarks.groups.{name}")
        for found in group.measure(given.rounds):
            cells = found.cells() if isinstance(found, Figure) else ["", found, *[""] * (len(HEADS) - 2)]
            print(f"| {' | '.join(cells)} |", flush=True)
    return 0


def machine() -> str:
    model = next((line.partition(": ")[2] for line in _lines("/proc/cpuinfo") if line.startswith("model name")), "")
    memory = next((line.split()[1] for line in _lines("/proc/meminfo") if line.startswith("MemTotal")), "0")
    return (
        f"{os.cpu_count()} cores ({model or platform.machine()}), {int(memory) // 2**20} GiB, "
        f"{platform.system()} {platform.release()}, Python {platform.python_version()}, "
        f"load before {os.getloadavg()[0]:.1f}."
    )


def _lines(path: str) -> list[str]:
    return Path(path).read_text().splitlines() if Path(path).exists() else []


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
