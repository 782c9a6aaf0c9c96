"""Run a command with PostgreSQL and Redis: `tools/with_services.py COMMAND ...`.

Uses the servers that answer (DATABASE_URL and CACHE_URL, else loopback with the usual ports), starts temporary ones from
installed binaries otherwise, and says in one sentence what is missing where there are none.
"""

import getpass
import glob
import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import ExitStack

import psycopg
import redis

POSTGRESQL = os.environ.get("DATABASE_URL", "postgresql://postgres@127.0.0.1:5432/postgres")
REDIS = os.environ.get("CACHE_URL", "redis://127.0.0.1:6379/9")


def postgresql_answers(url: str) -> bool:
    try:
        psycopg.connect(url, connect_timeout=3).close()
    except psycopg.OperationalError:
        return False
    return True


def redis_answers(url: str) -> bool:
    try:
        return redis.Redis.from_url(url, socket_connect_timeout=3).ping()
    except redis.RedisError:
        return False


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def binary(name: str) -> str:
    """On PATH, or where Debian keeps PostgreSQL's."""
    found = shutil.which(name) or next(iter(sorted(glob.glob(f"/usr/lib/postgresql/*/bin/{name}"), reverse=True)), "")
    if not found:
        sys.exit(f"{name} is not installed and no server answers. On Debian: apt install postgresql redis-server")
    return found


def start_postgresql(stack: ExitStack) -> str:
    """A temporary cluster; initdb refuses to run as root, so root borrows the account `postgres` (or nobody)."""
    folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="sonla-pg-"))
    account = getpass.getuser()
    options = {}
    if os.geteuid() == 0:
        account = "postgres" if any(entry.pw_name == "postgres" for entry in pwd.getpwall()) else "nobody"
        shutil.chown(folder, account)
        options = {"user": account}
    data, port = os.path.join(folder, "data"), free_port()
    quiet = {"stdout": subprocess.DEVNULL, "cwd": folder} | options
    subprocess.run([binary("initdb"), "-D", data, "-A", "trust", "-U", "postgres", "-E", "UTF8"], check=True, **quiet)
    command = [binary("postgres"), "-D", data, "-p", str(port), "-k", folder]
    command += ["-c", "listen_addresses=127.0.0.1", "-c", "fsync=off"]
    serve(stack, command, stderr=subprocess.DEVNULL, **quiet)
    return wait_for(postgresql_answers, f"postgresql://postgres@127.0.0.1:{port}/postgres")


def start_redis(stack: ExitStack) -> str:
    folder, port = stack.enter_context(tempfile.TemporaryDirectory(prefix="sonla-redis-")), free_port()
    command = [binary("redis-server"), "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--dir", folder]
    serve(stack, command, stdout=subprocess.DEVNULL)
    return wait_for(redis_answers, f"redis://127.0.0.1:{port}/0")


def serve(stack: ExitStack, command: list[str], **options) -> None:
    """In a session of its own: Ctrl-C ends the tests first, and they still need the server to tidy up."""
    stack.callback(end, subprocess.Popen(command, start_new_session=True, **options))


def end(process: subprocess.Popen) -> None:
    """SIGINT, because PostgreSQL would wait on SIGTERM until the last client is gone."""
    process.send_signal(signal.SIGINT)
    process.wait(timeout=20)


def wait_for(answers: Callable[[str], bool], url: str) -> str:
    for _attempt in range(100):
        if answers(url):
            return url
        time.sleep(0.1)
    sys.exit(f"The temporary server at {url} did not start.")


def run(command: list[str], environment: dict[str, str]) -> int:
    """The command to its end. Ctrl-C reaches it by itself and SIGTERM is handed on; the servers outlive it."""
    process = subprocess.Popen(command, env=environment)
    signal.signal(signal.SIGINT, lambda *_: None)
    signal.signal(signal.SIGTERM, lambda *_: process.terminate())
    code = process.wait()
    return code if code >= 0 else 128 - code


def main() -> int:
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    with ExitStack() as stack:
        database = POSTGRESQL if postgresql_answers(POSTGRESQL) else start_postgresql(stack)
        cache = REDIS if redis_answers(REDIS) else start_redis(stack)
        print(f"PostgreSQL: {database}   Redis: {cache}", flush=True)
        return run(sys.argv[1:], os.environ | {"DATABASE_URL": database, "CACHE_URL": cache})


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit(130)
