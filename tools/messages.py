"""Collect the sentences of the screen into locale/*/LC_MESSAGES/django.po and compile them (needs gettext's tools)."""

import os
import shutil
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
os.environ["DJANGO_SETTINGS_MODULE"] = "sonla_awards.settings.test"

import django
from django.core.management import call_command
from django.core.management.commands import makemessages

IGNORED = [".venv/*", "var/*", "tests/*", "tools/*", "static/vendor/*", "benchmarks/*"]


def main() -> None:
    if not shutil.which("xgettext"):
        sys.exit("gettext's tools are not installed. On Debian and Ubuntu: apt install gettext")
    django.setup()
    # A guess from a similar sentence is worse than a gap: the gap fails a test.
    makemessages.Command.msgmerge_options = ["-q", "--backup=none", "--update", "--no-fuzzy-matching"]
    options = {"no_location": True, "no_obsolete": True, "ignore_patterns": IGNORED, "verbosity": 0}
    call_command("makemessages", locale=["vi", "en"], **options)
    call_command("compilemessages", ignore_patterns=[".venv"], verbosity=0)


if __name__ == "__main__":
    main()
