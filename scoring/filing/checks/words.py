"""Explanations that explain nothing."""

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from scoring.filing.checks.catalogue import EXPLANATION, Kind, Severity, of_form, of_line
from scoring.filing.checks.facts import Facts, Line

# Fewer letters than this say nothing: “đã làm”, “theo quy định”.
SHORTEST = 15
# The same sentence on so many lines that claim points was pasted.
PASTED = 8
NAMED = 6
# What only the sender can open: a disk, the own network, a chat, a private drive.
_PRIVATE = re.compile(
    r"\b(?:[a-z]:\\|file:|https?://(?:localhost|127\.|10\.|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.)"
    r"|(?:drive|docs)\.google\.com|zalo\.me|onedrive\.live\.com|1drv\.ms)",
    re.IGNORECASE,
)


def letters(text: str) -> int:
    return sum(character.isalnum() for character in text)


@of_line("explanation-short", Severity.WARNING, Kind.REASON, gettext_lazy("An explanation too short"), at=EXPLANATION)
def explanation_short(line: Line, facts: Facts):
    if line.is_explained and letters(line.answer.explanation) < SHORTEST:
        return _("“{text}” explains nothing. Say what, since when, and where it can be seen.").format(
            text=line.answer.explanation
        )
    return None


@of_form(
    "explanation-pasted", Severity.HINT, Kind.REASON, gettext_lazy("One explanation on many lines"), at=EXPLANATION
)
def explanation_pasted(facts: Facts) -> Iterator[tuple[Line, str]]:
    """Lines that claim nothing may say so in the same words."""
    same: dict[str, list[Line]] = {}
    for line in facts.lines:
        if line.points and line.is_explained:
            same.setdefault(" ".join(line.answer.explanation.lower().split()), []).append(line)
    for lines in same.values():
        if len(lines) >= PASTED:
            codes = ", ".join(line.code for line in lines[:NAMED])
            sentence = _("The same explanation stands on {n} lines ({codes} …). Say on each what is true of it.")
            yield lines[0], sentence.format(n=len(lines), codes=codes)


@of_line(
    "link-private", Severity.WARNING, Kind.EVIDENCE, gettext_lazy("A link that others cannot open"), at=EXPLANATION
)
def link_private(line: Line, facts: Facts):
    if found := _PRIVATE.search(line.answer.explanation):
        sentence = _("“{link}…” opens only for the sender. Attach the document itself.")
        return sentence.format(link=found[0])
    return None
