"""The reasons of a tally as sentences, clause by clause, and the council's rules in words."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.numbers import format_number
from nominations import tally
from nominations.models.council import VotingRules


@dataclass(frozen=True)
class Reason:
    """One clause for the page. `mark`: met, not met, or `None` for one that only explains."""

    code: str
    heading: str
    sentence: str
    mark: bool | None = None


def quorum_in_words(rules: VotingRules) -> str:
    named = {"1/2": _("half of all members"), "2/3": _("two thirds of all members")}
    return named.get(rules.quorum, rules.quorum)


def threshold_in_words(rules: VotingRules) -> str:
    share, base = f"{format_number(rules.threshold_percent)}%", rules.get_base_display()
    sentence = _("more than {share} of {base}") if rules.must_exceed else _("at least {share} of {base}")
    return sentence.format(share=share, base=base)


def reasons(counted: tally.Tally, rules: VotingRules) -> list[Reason]:
    """Quorum, threshold, base, and who may not vote if there is anybody."""
    made = {clause.code: _SENTENCES[clause.code](clause.figures, rules) for clause in counted.clauses}
    return [
        Reason(clause.code, *made[clause.code], clause.is_met if clause.code in ("quorum", "threshold") else None)
        for clause in counted.clauses
        if made[clause.code]
    ]


def _quorum(figures: dict, rules: VotingRules) -> tuple[str, str]:
    sentence = _("{cast} ballots of {members} members; at least {quorum} are needed, {share}.")
    return _("Quorum"), sentence.format(share=quorum_in_words(rules), **figures)


def _threshold(figures: dict, rules: VotingRules) -> tuple[str, str]:
    sentence = _("{in_favour} in favour; at least {needed} are needed, {threshold}.")
    return _("Threshold"), sentence.format(
        in_favour=figures["in_favour"], needed=figures["needed"], threshold=threshold_in_words(rules)
    )


def _base(figures: dict, rules: VotingRules) -> tuple[str, str]:
    if rules.base == tally.Base.ALL_MEMBERS:
        sentence = _("The share is of all {base} members on the roll, absent ones too.")
    else:
        sentence = _("The share is of {base} ballots cast; “no opinion” is a ballot, but not one in favour.")
    return _("What the share is of"), sentence.format(base=figures["base"])


def _barred(figures: dict, rules: VotingRules) -> tuple[str, str] | None:
    if not figures["barred"]:
        return None
    sentence = ngettext(
        "{n} member belongs to the nominated unit and does not vote.",
        "{n} members belong to the nominated unit and do not vote.",
        figures["barred"],
    )
    return _("Not taking part"), sentence.format(n=figures["barred"])


_SENTENCES = {"quorum": _quorum, "threshold": _threshold, "base": _base, "barred": _barred}
