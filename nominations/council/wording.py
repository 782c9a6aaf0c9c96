"""The reasons of a tally as sentences, clause by clause, and the council's rules in words."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.numbers import format_number
from nominations import tally
from nominations.council.selectors import Sitting
from nominations.models import Nomination, Quota
from nominations.models.council import VotingRules

HALF = 50


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


def rules_in_words(rules: VotingRules) -> list[Reason]:
    """The working rules, before there is anything to count."""
    return [
        Reason("quorum", _("Quorum"), _sentence(quorum_in_words(rules))),
        Reason("threshold", _("Carried with"), _sentence(threshold_in_words(rules))),
        Reason("tie", _("Tie"), _tie_rule(rules)),
        Reason("recused", _("Not taking part"), _recused_rule(rules)),
    ]


def _sentence(phrase: str) -> str:
    return f"{phrase[:1].upper()}{phrase[1:]}."


def _tie_rule(rules: VotingRules) -> str:
    if not (rules.must_exceed and rules.threshold_percent == HALF):
        return _("Exactly half in favour does not reach the threshold.")
    if rules.chair_breaks_tie:
        return _("When exactly half are in favour, the side of the chair decides.")
    return _("When exactly half are in favour, the motion is not carried.")


def _recused_rule(rules: VotingRules) -> str:
    if rules.base == tally.Base.BALLOTS:
        return _("Who does not take part casts no ballot and is therefore not in the base.")
    if rules.recused_leave_base:
        return _("Who does not take part is not in the base.")
    return _("Who does not take part stays in the base.")


def sitting_in_words(sitting: Sitting) -> Reason:
    """Whether the quorum of the meeting is there."""
    if not sitting.is_recorded:
        sentence = _("It is not recorded yet who of the {members} members is present; at least {quorum} are needed.")
        mark = None
    else:
        sentence = _("{present} of {members} members are present; at least {quorum} are needed.")
        mark = sitting.has_quorum
    counts = {"present": sitting.present, "members": sitting.members, "quorum": sitting.quorum}
    return Reason("sitting", _("Quorum of the meeting"), sentence.format(**counts), mark)


def places_in_words(nomination: Nomination, quota: Quota | None, *, is_over: bool = False) -> Reason:
    """How many places the year has left for this form and kind of subject, and what to do when none is.

    `is_over`: there is no vote left that needs one.
    """
    kind = {
        "form": nomination.award.label,
        "subject": nomination.get_subject_display(),
        "year": nomination.cycle.year,
    }
    if quota is None:
        sentence = _(
            "No quota is set for “{form}”, {subject}, {year}; a vote that carries can be closed once it is set."
        )
        return Reason("places", _("Places"), sentence.format(**kind), mark=False)
    if quota.left > 0 or is_over:
        sentence = _("{left} of {cap} places are left for “{form}”, {subject}, {year}.")
        return Reason("places", _("Places"), sentence.format(left=quota.left, cap=quota.cap, **kind), mark=True)
    sentence = _(
        "All {cap} places for “{form}”, {subject}, {year} are taken. A vote that carries stays open until the emulation "
        "secretary raises the quota on the ground of the year’s plan."
    )
    return Reason("places", _("Places"), sentence.format(cap=quota.cap, **kind), mark=False)


def reasons(counted: tally.Tally, rules: VotingRules) -> list[Reason]:
    """Quorum, threshold, base, and who may not vote if there is anybody."""
    made = {clause.code: _SENTENCES[clause.code](clause.figures, rules) for clause in counted.clauses}
    return [
        Reason(
            clause.code, *made[clause.code], clause.is_met if clause.code in ("quorum", "threshold", "tie") else None
        )
        for clause in counted.clauses
        if made[clause.code]
    ]


def _quorum(figures: dict, rules: VotingRules) -> tuple[str, str]:
    sentence = _("{taking_part} of {members} members take part; at least {quorum} are needed, {share}.")
    return _("Quorum"), sentence.format(share=quorum_in_words(rules), **figures)


def _threshold(figures: dict, rules: VotingRules) -> tuple[str, str]:
    sentence = _("{in_favour} in favour; at least {needed} are needed, {threshold}.")
    return _("Threshold"), sentence.format(
        in_favour=figures["in_favour"], needed=figures["needed"], threshold=threshold_in_words(rules)
    )


def _base(figures: dict, rules: VotingRules) -> tuple[str, str]:
    leave = rules.recused_leave_base
    if rules.base == tally.Base.ALL_MEMBERS and leave:
        sentence = _("The share is of the {base} members on the roll who take part, absent ones too.")
    elif rules.base == tally.Base.ALL_MEMBERS:
        sentence = _("The share is of all {base} members on the roll, absent ones too.")
    elif rules.base == tally.Base.PRESENT and leave:
        sentence = _("The share is of the {base} members present who take part, whether they vote or not.")
    elif rules.base == tally.Base.PRESENT:
        sentence = _("The share is of the {base} members present, whether they vote or not.")
    else:
        sentence = _("The share is of {base} ballots cast; “no opinion” is a ballot, but not one in favour.")
    return _("What the share is of"), sentence.format(base=figures["base"])


def _tie(figures: dict, rules: VotingRules) -> tuple[str, str]:
    return _("Tie"), _("{in_favour} of {base} are in favour, exactly half: the side of the chair decides.").format(
        **figures
    )


def _recused(figures: dict, rules: VotingRules) -> tuple[str, str] | None:
    if not figures["recused"]:
        return None
    sentence = ngettext(
        "{n} member belongs to the nominated unit or takes no part by own word, and does not vote.",
        "{n} members belong to the nominated unit or take no part by own word, and do not vote.",
        figures["recused"],
    )
    return _("Not taking part"), sentence.format(n=figures["recused"])


_SENTENCES = {"quorum": _quorum, "threshold": _threshold, "base": _base, "tie": _tie, "recused": _recused}
