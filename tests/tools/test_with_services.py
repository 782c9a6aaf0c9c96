"""`tools/with_services.py`: the servers that answer, else temporary ones that are gone afterwards, also after Ctrl-C."""

import os
import re
import signal
import socket
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow
ROOT = Path(__file__).resolve().parents[2]
SCRIPT = ROOT / "tools" / "with_services.py"
SILENT = {"DATABASE_URL": "postgresql://postgres@127.0.0.1:1/x", "CACHE_URL": "redis://127.0.0.1:1/0"}
# Proves that both servers answer, says where they are, and waits to be told to end.
ASK = """
import os, sys, psycopg, redis
with psycopg.connect(os.environ["DATABASE_URL"]) as link:
    link.execute("CREATE TABLE t AS SELECT 1")
    link.rollback()
redis.Redis.from_url(os.environ["CACHE_URL"]).ping()
print(os.environ["DATABASE_URL"], os.environ["CACHE_URL"], flush=True)
sys.stdin.read()
sys.exit(7)
"""


@pytest.fixture(scope="module", autouse=True)
def installed():
    sys.path.insert(0, str(SCRIPT.parent))
    try:
        import with_services  # noqa: PLC0415 - a script of tools/, which is not a package
    finally:
        sys.path.remove(str(SCRIPT.parent))
    try:
        for name in ("initdb", "postgres", "redis-server"):
            with_services.binary(name)
    except SystemExit as reason:
        pytest.skip(str(reason))


@pytest.fixture
def folder():
    """For temporary files; PostgreSQL's unprivileged account must reach it, and pytest's own folders are closed to it."""
    with tempfile.TemporaryDirectory(prefix="sonla-tools-") as name:
        os.chmod(name, 0o755)
        yield Path(name)


@pytest.fixture
def started(folder):
    """The script with nothing answering, as far as the command's own line."""
    with start(SILENT | {"TMPDIR": str(folder)}) as process:
        process.stdout.readline()
        yield process, [int(port) for port in re.findall(r"127\.0\.0\.1:(\d+)", process.stdout.readline())]


def start(environment: dict[str, str]) -> subprocess.Popen:
    return subprocess.Popen(
        [sys.executable, SCRIPT, sys.executable, "-c", ASK],
        env=os.environ | environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


def answering(ports: list[int]) -> list[int]:
    found = []
    for port in ports:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                found.append(port)
    return found


def test_temporary_servers_are_gone_at_the_end(started, folder):
    process, ports = started
    assert (len(ports), answering(ports)) == (2, ports)

    process.stdin.close()

    assert process.wait(timeout=30) == 7
    assert (answering(ports), list(folder.iterdir())) == ([], [])


@pytest.mark.parametrize("stop", [signal.SIGINT, signal.SIGTERM])
def test_temporary_servers_are_gone_after_ctrl_c(started, folder, stop):
    process, ports = started

    if stop == signal.SIGINT:
        os.killpg(process.pid, stop)  # the terminal tells the whole group
    else:
        process.send_signal(stop)

    assert process.wait(timeout=30) != 0
    assert (answering(ports), list(folder.iterdir())) == ([], [])


def test_servers_that_answer_are_used_and_left_running(started):
    _process, (database, cache) = started
    urls = {
        "DATABASE_URL": f"postgresql://postgres@127.0.0.1:{database}/postgres",
        "CACHE_URL": f"redis://127.0.0.1:{cache}/0",
    }
    with start(urls) as second:
        output, _ = second.communicate(timeout=30)

    assert (second.returncode, output.splitlines()[-1].split()) == (7, list(urls.values()))
    assert answering([database, cache]) == [database, cache]


def test_without_binaries_a_sentence_says_what_to_install(tmp_path):
    done = subprocess.run(
        [sys.executable, "-c", RUN_WITHOUT_BINARIES, SCRIPT],
        env=SILENT | {"PATH": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 1
    assert done.stderr == (
        "initdb is not installed and no server answers. On Debian: apt install postgresql redis-server\n"
    )


RUN_WITHOUT_BINARIES = """
import glob, runpy, sys
glob.glob = lambda pattern: []
sys.argv = sys.argv[1:]
runpy.run_path(sys.argv[0], run_name="__main__")
"""
