"""The catalogues are complete: every sentence of the screen has its Vietnamese, and what is compiled is what is written."""

import ast
import re
import shutil
import subprocess
import sys
from pathlib import Path

import polib
import pytest

from tests.architecture.test_layers import APPS

ROOT = Path(__file__).resolve().parents[2]
VI = ROOT / "locale" / "vi" / "LC_MESSAGES" / "django.po"
TRANSLATES = {"_", "gettext", "gettext_lazy", "ngettext", "pgettext"}
PLACEHOLDER = re.compile(r"%\([a-z_]+\)[sd]|\{[a-z_]*(?::[^}]*)?\}")


def entries() -> list[polib.POEntry]:
    return [entry for entry in polib.pofile(str(VI)) if not entry.obsolete]


def translations(entry: polib.POEntry) -> list[str]:
    return list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]


def test_every_sentence_has_its_vietnamese():
    assert [entry.msgid for entry in entries() if entry.fuzzy or not all(translations(entry))] == []


def test_a_translation_keeps_every_placeholder():
    wrong = []
    for entry in entries():
        wanted = set(PLACEHOLDER.findall(entry.msgid_plural or entry.msgid))
        wrong += [entry.msgid for text in translations(entry) if set(PLACEHOLDER.findall(text)) != wanted]
    assert wrong == []


def said(entry) -> tuple[str | None, str]:
    return entry.msgctxt, entry.msgid


def test_the_compiled_catalogue_is_the_written_one():
    compiled = {said(entry): translations(entry) for entry in polib.mofile(str(VI.with_suffix(".mo")))}
    assert compiled == {said(entry): translations(entry) for entry in entries()}


def test_no_sentence_hides_from_the_collection():
    """xgettext does not read inside f-strings: a sentence there would stay English."""
    hidden = [
        f"{path.relative_to(ROOT)}:{call.lineno}"
        for app in APPS
        for path in sorted((ROOT / app).rglob("*.py"))
        for text in ast.walk(ast.parse(path.read_text()))
        if isinstance(text, ast.JoinedStr)
        for call in ast.walk(text)
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in TRANSLATES
    ]
    assert hidden == []


def test_the_catalogue_has_every_sentence_of_the_sources(tmp_path):
    if not shutil.which("xgettext"):
        pytest.skip("gettext's tools are not installed")
    copy = tmp_path / "product"
    ignored = shutil.ignore_patterns(".git", ".venv", "var", "tests", "vendor", "__pycache__", "data")
    shutil.copytree(ROOT, copy, ignore=ignored)

    subprocess.run([sys.executable, "tools/messages.py"], cwd=copy, check=True, capture_output=True)

    collected = polib.pofile(str(copy / VI.relative_to(ROOT)))
    assert {entry.msgid for entry in collected if not entry.obsolete} == {entry.msgid for entry in entries()}
