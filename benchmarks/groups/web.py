"""W1, W3: pages of the demo's year, asked in process, against a small Django project with the same kind of page.

The demo is seeded once into var/bench (about a minute); every save goes to a copy, which is thrown away.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import django

from benchmarks.measure import Figure, Goal, compare, serve, side, timed

ROOT = Path(__file__).resolve().parents[2]
SEEDED = ROOT / "var" / "bench"
REQUESTS = 10
PAGES = {  # name: who asks, and for what
    "progress": ("totruong.skhcn", "/appraisal/2025/progress/"),
    "appraisal": ("thamdinh.skhcn", "/appraisal/2025/"),
    "ranking": ("kiemtra", "/ranking/2025/commune/"),
}


def measure(rounds: int) -> Iterator[Figure | str]:
    seed()
    with tempfile.TemporaryDirectory() as folder:
        shutil.copytree(SEEDED, Path(folder) / "var")
        product = {"DJANGO_SETTINGS_MODULE": "sonla_awards.settings.demo", "SONLA_VAR": f"{folder}/var"}
        with side("benchmarks.anchors.pages", "list", PAGES_FOLDER=fresh(folder, "list")) as anchor:
            for name in PAGES:
                with side("benchmarks.groups.web", name, **product) as page:
                    what = f"{REQUESTS} requests for the {name} page, signed in, {_facts(name, product)}"
                    yield compare(Goal("W1", 1.2), what, page, anchor, rounds)
        with (
            side("benchmarks.anchors.pages", "save", PAGES_FOLDER=fresh(folder, "save")) as anchor,
            side("benchmarks.groups.web", "save", **product) as page,
        ):
            what = f"{REQUESTS} saves of a line, one client, SQLite, commits to disk"
            yield compare(Goal("W3", 1 / 0.8), what, page, anchor, rounds)


def seed() -> None:
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "sonla_awards.settings.demo", "SONLA_VAR": str(SEEDED)}
    command = [sys.executable, "manage.py", "demo", "--no-serve"]
    subprocess.run(command, cwd=ROOT, env=environment, check=True, stdout=subprocess.DEVNULL)


def fresh(folder: str, name: str) -> str:
    path = Path(folder) / name
    path.mkdir()
    return str(path)


def _facts(name: str, environment: dict[str, str]) -> str:
    command = [sys.executable, "-m", "benchmarks.groups.web", "facts", name]
    done = subprocess.run(command, env=os.environ | environment, check=True, capture_output=True, text=True)
    return done.stdout.strip()


def main(name: str, *rest: str) -> None:
    """The product's side, in a process of its own."""
    django.setup()
    if name == "facts":
        print(_counted(*rest))
    elif name == "save":
        serve(timed(_saving()))
    else:
        client, address = _signed_in(PAGES[name][0]), PAGES[name][1]

        def ask() -> None:
            for _request in range(REQUESTS):
                assert client.get(address).status_code == 200

        serve(timed(ask))


def _signed_in(username: str):
    from django.test import Client  # noqa: PLC0415 - Django must be set up

    from accounts.models import User  # noqa: PLC0415 - as above

    client = Client(headers={"host": "127.0.0.1"})
    client.force_login(User.objects.get(username=username))
    return client


def _counted(name: str) -> str:
    from django.db import connection  # noqa: PLC0415 - Django must be set up

    username, address = PAGES[name]
    client, queries = _signed_in(username), []
    client.get(address)
    with connection.execute_wrapper(lambda execute, *rest: queries.append(rest[0]) or execute(*rest)):
        page = client.get(address).content
    return f"{page.count(b'<tr')} rows, {len(page) // 1024} KiB, {len(queries)} queries"


def _saving():
    from scoring.models import Answer  # noqa: PLC0415 - Django must be set up

    username = "canbo.ngocchien"
    drafts = Answer.objects.filter(assessment__state="draft", assessment__unit__memberships__user__username=username)
    line, numbers = drafts.order_by("pk").first(), count(1)
    client, name = _signed_in(username), f"l{line.pk}"

    def save() -> None:
        for _request in range(REQUESTS):
            line.refresh_from_db(fields=["version"])
            typed = {f"{name}-version": line.version, f"{name}-explanation": f"Lần lưu {next(numbers)}"}
            assert client.post(f"/filing/lines/{line.pk}/", typed).status_code == 302

    return save


if __name__ == "__main__":
    main(*sys.argv[1:])
