"""Collect the sentences of the screen into locale/*/LC_MESSAGES/django.po and compile them (needs gettext's tools)."""

import os
import shutil
import subprocess
import sys

IGNORED = [".venv/*", "var/*", "tests/*", "static/vendor/*", "benchmarks/*"]


def main() -> int:
    if not shutil.which("xgettext"):
        sys.exit("gettext's tools are not installed. On Debian and Ubuntu: apt install gettext")
    os.environ["DJANGO_SETTINGS_MODULE"] = "sonla_awards.settings.test"
    manage = [sys.executable, "manage.py"]
    ignore = [option for pattern in IGNORED for option in ("--ignore", pattern)]
    collect = [*manage, "makemessages", "-l", "vi", "-l", "en", "--no-location", "--no-obsolete", "-v", "0", *ignore]
    return subprocess.call(collect) or subprocess.call([*manage, "compilemessages", "-v", "0", "--ignore", ".venv"])


if __name__ == "__main__":
    sys.exit(main())
