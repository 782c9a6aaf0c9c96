"""The first day: an empty database, one command, an administrator who can sign in. Run as an operator runs it."""

import io
import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management.base import CommandError

from sonla_awards.management.commands.start import Command

pytestmark = pytest.mark.slow
ROOT = Path(__file__).resolve().parents[2]
ADMIN = {"ADMIN_USERNAME": "Quan.Tri", "ADMIN_FULL_NAME": "Phạm Đức Long", "ADMIN_PASSWORD": "một mật khẩu rất dài"}


def start(folder: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess:
    surroundings = {
        "PATH": os.environ["PATH"],
        "DJANGO_SETTINGS_MODULE": "sonla_awards.settings.production",
        "SONLA_VAR": str(folder),
        "SECRET_KEY": "k" * 50,
        "ALLOWED_HOSTS": "thidua.sonla.gov.vn",
        "SITE_URL": "https://thidua.sonla.gov.vn",
    } | environment
    return subprocess.run(
        [sys.executable, "manage.py", "start", *arguments],
        cwd=ROOT,
        env=surroundings,
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
        check=False,
    )


def count(folder: Path, table: str) -> int:
    with sqlite3.connect(folder / "sonla.sqlite3") as database:
        return database.execute(f"SELECT COUNT(*) FROM {table}").fetchone()[0]  # noqa: S608 - a name of ours


def test_an_empty_database_becomes_an_installation_once(tmp_path):
    first = start(tmp_path, "--with-reference-sets", **ADMIN)

    assert first.returncode == 0, first.stderr
    assert "https://thidua.sonla.gov.vn/account/sign-in/" in first.stdout
    tables = ("accounts_unit", "accounts_user", "accounts_rolemembership", "scoring_criteriaset", "core_auditentry")
    assert [count(tmp_path, table) for table in tables] == [115, 1, 1, 2, 4]
    with sqlite3.connect(tmp_path / "sonla.sqlite3") as database:
        kept = database.execute("SELECT username, password, must_change_password FROM accounts_user").fetchone()
    assert kept[0] == "quan.tri"
    assert kept[1].startswith("argon2$argon2id$v=19$m=102400")
    assert kept[2] == 0

    again = start(tmp_path, **ADMIN | {"ADMIN_USERNAME": "nguoi.khac"})

    assert again.returncode == 1
    assert len(again.stderr.strip().splitlines()) == 1
    assert count(tmp_path, "accounts_user") == 1


@pytest.mark.parametrize(
    ("arguments", "environment"),
    [
        ([], {"ADMIN_USERNAME": ""}),
        ([], {"ADMIN_FULL_NAME": ""}),
        ([], {"ADMIN_PASSWORD": ""}),
        ([], {"ADMIN_PASSWORD": "quan.tri"}),
        ([], {"ADMIN_PASSWORD": "password1234"}),
        (["--unit", "KHONGCO"], {}),
        (["--units", "/nowhere/units.csv"], {}),
        (["--units", "manage.py"], {}),
        ([], {"DATABASE_URL": "sqlite:////nowhere/at/all.sqlite3"}),
    ],
)
def test_bad_input_is_one_sentence_and_touches_nothing(tmp_path, arguments, environment):
    done = start(tmp_path, *arguments, **ADMIN | environment)

    assert done.returncode == 1
    assert len(done.stderr.strip().splitlines()) == 1
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "sonla.sqlite3").exists() or not tables_of(tmp_path)


@pytest.mark.long
def test_a_refused_administrator_leaves_no_units_behind(tmp_path):
    done = start(tmp_path, **ADMIN | {"ADMIN_USERNAME": "tên có dấu"})

    assert done.returncode == 1
    assert len(done.stderr.strip().splitlines()) == 1
    assert count(tmp_path, "accounts_unit") == 0
    assert count(tmp_path, "core_auditentry") == 0


def tables_of(folder: Path) -> list:
    with sqlite3.connect(folder / "sonla.sqlite3") as database:
        return database.execute("SELECT name FROM sqlite_master").fetchall()


class TestAsking:
    """At a terminal the command asks; what is typed wrongly is asked for again."""

    @pytest.fixture
    def typed(self, monkeypatch):
        for name in ADMIN:
            monkeypatch.delenv(name, raising=False)
        monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
        words: list[str] = []
        monkeypatch.setattr("builtins.input", lambda question: words.pop(0))
        monkeypatch.setattr("sonla_awards.management.commands.start.getpass", lambda question: words.pop(0))
        return words

    def test_a_good_password_is_taken_after_bad_ones(self, typed):
        typed += [
            "quantri",
            "Phạm Đức Long",
            "kurz",
            "một mật khẩu dài",
            "anders",
            "một mật khẩu dài",
            "một mật khẩu dài",
        ]
        command = Command(stderr=io.StringIO())

        assert command._ask("VPUBND").password == "một mật khẩu dài"
        assert typed == []

    def test_three_bad_ones_end_it(self, typed):
        typed += ["quantri", "Phạm Đức Long", "kurz", "kurz", "kurz"]
        with pytest.raises(CommandError):
            Command(stderr=io.StringIO())._ask("VPUBND")
