"""The environment of the packages that the product is measured against: made once, in var/, from requirements.txt."""

import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
WANTED = ROOT / "benchmarks" / "requirements.txt"
PLACE = ROOT / "var" / "benchmarks-venv"


class Unavailable(Exception):
    """Why there is no such environment, in a sentence."""


def peers_python() -> str:
    """The path of its interpreter; made anew where the wanted packages have changed."""
    python, made_from = PLACE / "bin" / "python", PLACE / "made-from.txt"
    if not (made_from.is_file() and made_from.read_bytes() == WANTED.read_bytes()):
        venv.create(PLACE, with_pip=True, clear=True)
        done = subprocess.run(
            [python, "-m", "pip", "install", "-q", "--disable-pip-version-check", "-r", WANTED],
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            last = (done.stderr.strip().splitlines() or ["no reason given"])[-1]
            raise Unavailable(f"the packages of benchmarks/requirements.txt cannot be installed ({last})")
        made_from.write_bytes(WANTED.read_bytes())
    return str(python)


def main() -> int:
    try:
        print(peers_python())
    except Unavailable as why:
        print(why, file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
