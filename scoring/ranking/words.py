"""Sentences of the ranking's pages that are put together from figures."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from scoring.models import RankingRun
from scoring.ranking.reading import read_run


def _unfiled(units: int) -> str:
    return ngettext(
        "{n} unit handed in no self-assessment; what it did not declare counts as the set says.",
        "{n} units handed in no self-assessment; what they did not declare counts as the set says.",
        units,
    ).format(n=units)


def publication_facts(run: RankingRun, replaced: RankingRun | None) -> list[str]:
    """What the secretary reads before publishing: who will see it, what it rests on, what it replaces."""
    reading = read_run(run)
    units, unfiled = len(reading.results.rows), len(reading.results.rows) - len(reading.filed)
    facts = [
        _("Seen by: everybody, without signing in."),
        ngettext("{n} unit, every line appraised.", "{n} units, every line appraised.", units).format(n=units),
        *([_unfiled(unfiled)] if unfiled else ()),
        _("SHA-256 of the record: {hash}").format(hash=run.sha256),
    ]
    if replaced:
        facts.append(
            _("Run {number}, published under {decision}, stays readable and is marked as replaced.").format(
                number=replaced.number, decision=replaced.decision_number
            )
        )
    return facts
