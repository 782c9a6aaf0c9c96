"""The demo's processes: the web server and one real worker, ended together."""

import os
import signal
import subprocess
import sys
from pathlib import Path

from django.conf import settings

BIN = Path(sys.executable).parent


def serve(port: int) -> None:
    """Run gunicorn and the worker until Ctrl-C, SIGTERM, or until one of them ends; then end the other."""
    environment = os.environ | {"SITE_URL": f"http://127.0.0.1:{port}"}
    commands = [
        [
            str(BIN / "gunicorn"),
            "sonla_awards.wsgi",
            "--bind",
            f"127.0.0.1:{port}",
            "--workers",
            "2",
            "--log-level",
            "warning",
        ],
        [str(BIN / "celery"), "-q", "-A", "sonla_awards", "worker", "-B", "-c", "1", "--loglevel", "warning"],
    ]
    settings.BROKER_FOLDER.mkdir(parents=True, exist_ok=True)
    # Each in a session of its own, so that Ctrl-C reaches only this process, which then ends both in order.
    processes = [
        subprocess.Popen(command, env=environment, cwd=settings.ROOT, start_new_session=True) for command in commands
    ]
    signal.signal(signal.SIGTERM, _interrupt)
    try:
        os.wait()
    except KeyboardInterrupt:
        pass
    finally:
        for process in processes:
            if process.poll() is None:
                process.terminate()
        for process in processes:
            try:
                # Celery is slow to leave; a job that dies here is run again at the next start (core.jobs).
                process.wait(timeout=4)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)


def _interrupt(signum, frame):
    raise KeyboardInterrupt
