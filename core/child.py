"""A program of ours run on a stranger's file: an argument list and no shell; isolated, and with nothing of our environment,
so that no secret is within its reach. The program sets its own limits of memory and time (`scoring.filing.drawing`)."""

import json
import subprocess
import sys


def told_by_child(program: str, *arguments: str, seconds: float) -> tuple[dict, bytes] | None:
    """The first line that the program wrote, as JSON, and the bytes after it; None where it reached a limit and was ended."""
    command = [sys.executable, "-I", program, *arguments]
    try:
        child = subprocess.run(command, capture_output=True, env={}, timeout=seconds, check=False)
    except subprocess.TimeoutExpired:
        return None
    head, _line, rest = child.stdout.partition(b"\n")
    try:
        told = json.loads(head)
    except ValueError:
        return None
    return told, rest
