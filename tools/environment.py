"""Make the project's virtual environment: `python3 tools/environment.py [--dev]`.

Uses uv if it is present, else venv and pip; every package is checked against the hashes of the lock file.
Written for any Python, so that an old one is told what to do instead of failing on a syntax error.
"""

import hashlib
import os
import shutil
import subprocess
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
VENV = os.path.join(ROOT, ".venv")
PYTHON = os.path.join(VENV, "bin", "python")


def stop(sentence):
    sys.stderr.write(sentence + "\n")
    sys.exit(1)


def stamp_of(lock):
    with open(lock, "rb") as file:
        digest = hashlib.sha256(file.read()).hexdigest()[:16]
    return os.path.join(VENV, ".installed-%s-%s" % (os.path.basename(lock), digest))


def run(command, sentence):
    """What the tool itself says is kept back unless it is asked for: VERBOSE=1 make ..."""
    asked = os.environ.get("VERBOSE")
    try:
        process = subprocess.Popen(
            command, cwd=ROOT, stdout=None if asked else subprocess.PIPE, stderr=None if asked else subprocess.STDOUT
        )
        said = process.communicate()[0]
    except OSError as error:
        stop("%s (%s)" % (sentence, error))
    if process.returncode:
        stop(sentence if asked or not said else sentence + " (VERBOSE=1 make ... shows what the installer says.)")


def main():
    if sys.version_info < (3, 11):
        stop(
            "Python 3.11 or newer is needed, this is %d.%d. Install it, then call: make PYTHON=python3.11 ..."
            % sys.version_info[:2]
        )
    dev = "--dev" in sys.argv[1:]
    lock = os.path.join(ROOT, "requirements-dev.txt" if dev else "requirements.txt")
    stamp = stamp_of(lock)
    if os.path.exists(stamp) and os.path.exists(PYTHON):
        return
    uv = shutil.which("uv")
    offline = (
        "The packages of %s could not be installed. Check the network (or the proxy settings of pip), then call make again; "
        "what is already downloaded is kept." % os.path.basename(lock)
    )
    no_venv = (
        "A virtual environment could not be made. On Debian and Ubuntu: apt install python3-venv, then call make again."
    )
    if not os.path.exists(PYTHON):
        make = [uv, "venv", "-q", "--python", sys.executable, VENV] if uv else [sys.executable, "-m", "venv", VENV]
        run(make, no_venv)
    if uv:
        install = [uv, "pip", "install", "-q", "--python", PYTHON, "--require-hashes", "-r", lock]
    else:
        install = [PYTHON, "-m", "pip", "install", "-q", "--disable-pip-version-check", "--require-hashes", "-r", lock]
    sys.stdout.write("Installing packages, once; this takes a minute or two ...\n")
    sys.stdout.flush()
    run(install, offline)
    open(stamp, "w").close()


if __name__ == "__main__":
    main()
