"""A drift in words: what was found, on how much it rests, and by which rule."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.numbers import format_number
from scoring.anchors.drift import (
    ANCHORS_AT,
    FEW,
    LEAST_SHARE,
    PEERS_AT,
    WINDOW,
    BesideAnchors,
    BesidePeers,
    Tendency,
)
from scoring.anchors.report import PersonDrift


def said_percent(share: Fraction) -> str:
    """Without a sign, to one place: the sentence says in which direction."""
    return f"{_rounded(abs(share) * 100)}%"


def _rounded(value: Fraction) -> str:
    exact = Decimal(value.numerator) / Decimal(value.denominator)
    return format_number(exact.quantize(Decimal("0.1"), ROUND_HALF_UP), 1)


def said_tendency(tendency: Tendency) -> str:
    return {
        Tendency.TOO_FEW: _("too few to tell"),
        Tendency.EVEN: _("no drift"),
        Tendency.STRICT: _("drifts to the strict side"),
        Tendency.MILD: _("drifts to the mild side"),
    }[tendency]


def said_anchors(one: BesideAnchors) -> str:
    """Beside the agreed marks. The means are of the line's maximum."""
    if one.signed_share is None or one.absolute_share is None:
        return _("No reference answer marked yet.")
    counted = ngettext("{n} reference answer marked", "{n} reference answers marked", one.marks).format(n=one.marks)
    shares = {"counted": counted, "share": said_percent(one.signed_share), "absolute": said_percent(one.absolute_share)}
    if one.signed_share > 0:
        said = _(
            "{counted}: on average {share} of the maximum less than agreed; the gap without its sign is {absolute}."
        )
    elif one.signed_share < 0:
        said = _(
            "{counted}: on average {share} of the maximum more than agreed; the gap without its sign is {absolute}."
        )
    else:
        said = _("{counted}: on average as agreed; the gap without its sign is {absolute} of the maximum.")
    return said.format(**shares)


def said_peers(one: BesidePeers) -> str:
    """Beside colleagues on the same criteria."""
    if one.own_share is None or one.peers_share is None:
        said = _("{files} files and {peers} of colleagues on the same criteria: at least {few} each are needed.")
        return said.format(files=one.files, peers=one.peer_files, few=FEW)
    said = _(
        "In the last {files} units the marks cut {own} of the maximum from the claim, colleagues on the same criteria {peers} "
        "({others} files)."
    )
    own, peers = _signed(one.own_share), _signed(one.peers_share)
    return said.format(files=one.files, own=own, peers=peers, others=one.peer_files)


def _signed(share: Fraction) -> str:
    """A mean cut; below 0 where more was given than claimed."""
    return f"{_rounded(share * 100)}%"


@dataclass(frozen=True)
class SaidDrift:
    """One person's drift with its sentences, the same on the screen and on paper."""

    one: PersonDrift
    anchors_tendency: str
    anchors: str
    peers_tendency: str
    peers: str


def said(one: PersonDrift) -> SaidDrift:
    anchors, peers = one.anchors, one.peers
    return SaidDrift(
        one,
        said_tendency(anchors.tendency),
        said_anchors(anchors),
        said_tendency(peers.tendency),
        said_peers(peers),
    )


def said_rules() -> list[str]:
    """How it is decided what is told."""
    return [
        _(
            "Beside colleagues: the last {window} files are read; lines of one unit decided one after the other are one "
            "file, and what a lead decided is left out. Each mark is compared with every mark of colleagues on the same "
            "criterion: +1 where it cuts more, −1 where it cuts less, 0 where it cuts the same. A drift is told where the "
            "mean of these lies {bound} standard errors "
            "from 0 or more, and the mean cut is apart by at least {least} of the maximum."
        ).format(window=WINDOW, bound=_rounded(PEERS_AT), least=said_percent(LEAST_SHARE)),
        _(
            "Beside the reference answers: the gaps are summed and divided by the root of the sum of their squares. A drift is "
            "told from {bound} on, where the mean gap is at least {least} of the maximum."
        ).format(bound=_rounded(ANCHORS_AT), least=said_percent(LEAST_SHARE)),
        _("With fewer than {few} units on either side, or {few} reference answers, nothing is told.").format(few=FEW),
        _(
            "Tried on simulated marks beside three colleagues: a drift of half a point of five is told within 30 files in at "
            "least 9 of 10 cases; without a drift fewer than 5 of 100 people are named over 96 files."
        ),
    ]
