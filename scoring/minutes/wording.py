"""The minutes in words: the records as plain text for the template, every figure tied to its record. Vietnamese by nature."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.utils.text import capfirst
from django.utils.timezone import localtime
from django.utils.translation import override

from core.official.figures import bound, plain_text
from core.official.paper import SAMPLE_NOTE
from core.official.words import numbered
from core.templatetags.values import number, points, signed
from scoring.enums import ConflictKind, LineState
from scoring.marking.agreement import Agreement
from scoring.marking.selectors import DrawRow
from scoring.minutes.line_wording import changed, contests, entered, extension, late, not_applicable, thread
from scoring.minutes.records import Records
from scoring.minutes.saying import NO_POINTS, said_last_moment, said_moment
from scoring.models import AssignmentPlan, Conflict
from scoring.oversight.ledger import CAUSES, UnitLedger, sums
from scoring.oversight.lines import is_granted

LEFT_TO_LEAD = "Tổ trưởng thẩm định"
Words = dict[str, Any]


def worded(records: Records, made_by: str, now: datetime) -> Words:
    """What a template may name; docs/how-to/dieu-hanh-tham-dinh.md lists it."""
    with override("vi"):
        return {
            **_about(records, made_by, now),
            "counts": _counts(records),
            "works": [_work(one) for one in records.works],
            "plans": [_plan(plan, records.assigned.get(plan.pk, Counter())) for plan in records.plans],
            "overrides": _overrides(records),
            "draws": [_draw(one) for one in records.draws],
            "agreement": _agreement(records.alike),
            "conflicts": [_conflict(one) for one in records.conflicts],
            "own_units": _own_units(records),
            "known_conflicts": _known_conflicts(records),
            "units": [_unit(one, records.by_unit.get(one.assessment.unit_id, Counter())) for one in records.ledgers],
            "causes": _causes(records.ledgers),
            "changed": changed(records),
            "entered": entered(records),
            "threads": [thread(one) for one in records.threads],
            "not_applicable": [
                not_applicable(one) for one in records.lines if one.asks_not_applicable or is_granted(one)
            ],
            "late": [late(form) for form in records.scope.handed_in if form.on_time is False],
            "extensions": [extension(one) for one in records.extensions],
            "contests": contests(records),
        }


# --- the whole -----------------------------------------------------------------------------------------------------
def _about(records: Records, made_by: str, now: datetime) -> Words:
    scope, criteria_set = records.scope, records.criteria_set
    cycle = scope.cycle
    return {
        "year": bound(scope.address, str(cycle.year)),
        "group": plain_text(scope.one.group.name[:1].lower() + scope.one.group.name[1:]),
        "unit": plain_text(scope.unit.name) if scope.unit else "",
        "movement": plain_text(cycle.movement.title),
        "founding_decision": plain_text(numbered(cycle.movement.founding_decision)),
        "legal_basis": plain_text(cycle.legal_basis),
        "criteria_set": plain_text(criteria_set.title_vi),
        "criteria_set_code": bound("set.code", f"{criteria_set.code} {criteria_set.year}"),
        "criteria_set_sha256": bound("set.sha256", criteria_set.identity),
        "filing_closes": bound("cycle.filing_closes", said_last_moment(cycle.filing_closes_at)),
        "filing_locks": bound("cycle.filing_locks", said_last_moment(cycle.filing_locks_at)),
        "appraisal_closes": bound("cycle.appraisal_closes", said_last_moment(cycle.appraisal_closes_at)),
        "state": str(cycle.get_state_display()),
        "left_out": [{"name": plain_text(one.name), "code": bound(f"out{one.pk}", one.code)} for one in scope.left_out],
        "not_handed_in": [plain_text(form.unit.name) for form in scope.assessments if not form.is_handed_in],
        "made_at": said_moment(now),
        "made_year": str(localtime(now).year),
        "made_by": plain_text(made_by),
        "sample_note": SAMPLE_NOTE if cycle.is_sample else "",
    }


def _counts(records: Records) -> Words:
    scope, lines = records.scope, records.all_lines
    found = {
        "units": len(scope.assessments),
        "handed_in": len(scope.handed_in),
        "missing": len(scope.assessments) - len(scope.handed_in),
        "late": sum(form.on_time is False for form in scope.handed_in),
        "lines": lines.total(),
        "decided": lines.total() - lines[LineState.OPEN],
        "open": lines[LineState.OPEN],
        **{state.value: lines[state] for state in (LineState.ACCEPTED, LineState.CORRECTED, LineState.NOT_APPLICABLE)},
        "threads": len(records.threads),
        "contests": len(records.contests),
    }
    return {name: bound(f"count.{name}", number(count)) for name, count in found.items()}


def _causes(ledgers: Iterable[UnitLedger]) -> Words:
    moves = sums(move for one in ledgers for move in one.moves)
    rows = [
        {
            "code": bound(f"cause.{cause}.code", cause) if cause.isupper() else "",
            "label": capfirst(str(CAUSES[cause])),
            "points": bound(f"cause.{cause}", signed(moved, 2)),
        }
        for cause, moved in moves.items()
    ]
    return {"rows": rows, "sum": bound("cause.sum", signed(sum(moves.values(), Decimal(0)), 2))}


# --- who and how ---------------------------------------------------------------------------------------------------
def _work(one) -> Words:
    (agency, agency_name), (person, name) = one.agency, one.person
    at = f"w{agency}.{person}"
    states = {state.value: bound(f"{at}.{state.value}", number(one.states[state])) for state in LineState}
    return {"agency": plain_text(agency_name), "person": plain_text(name), **states,
            "decided": bound(f"{at}.decided", number(one.states.total()))}  # fmt: skip


def _plan(plan: AssignmentPlan, lines: Counter) -> Words:
    at = f"p{plan.pk}"
    figures = {"cap": plan.cap, "balance": plan.balance, "repeats": plan.repeats}
    figures |= {"lines": lines["all"], "left": lines["left"], "other": lines["other"], "people": len(plan.loads)}
    return {
        "agency": plain_text(plan.agency.name),
        "mode": str(plan.get_mode_display()),
        "seed": bound(f"{at}.seed", str(plan.seed)),
        **{name: bound(f"{at}.{name}", number(value)) for name, value in figures.items()},
        "made": f"{plain_text(plan.made_by.full_name)}, {bound(f'{at}.made_at', said_moment(plan.made_at))}",
    }


def _draw(one: DrawRow) -> Words:
    """A draw is of an agency's lines of the whole year."""
    draw, at = one.draw, f"d{one.draw.pk}"
    figures = {
        "lines": one.lines,
        "saved": one.saved,
        "disputed": one.disputed,
        "settled": one.settled,
        "left": draw.left,
    }
    return {
        "agency": plain_text(draw.agency.name),
        "share": bound(f"{at}.share", f"{draw.share_percent}%"),
        "gap": bound(f"{at}.gap", f"{draw.gap_percent}%"),
        "seed": bound(f"{at}.seed", str(draw.seed)),
        **{name: bound(f"{at}.{name}", number(count)) for name, count in figures.items()},
        "made": f"{plain_text(draw.made_by.full_name)}, {bound(f'{at}.made_at', said_moment(draw.made_at))}",
    }


def _agreement(alike: Agreement) -> Words:
    """Empty without a line that has both marks; with too few of them only their number is told."""
    if not alike.pairs:
        return {}
    figures = {"pairs": number(alike.pairs), "alike": number(alike.alike), "gap": "", "kappa": ""}
    if alike.is_enough:
        figures |= {"gap": f"{number(alike.mean_gap_percent)}%", "kappa": number(alike.kappa_shown) or NO_POINTS}
    return {name: bound(f"agree.{name}", text) if text else "" for name, text in figures.items()}


def _overrides(records: Records) -> list[Words]:
    """What one person decided at one moment for one reason is one row."""
    together: dict[tuple, list[int]] = defaultdict(list)
    for one in records.overrides:
        person = one.appraiser.full_name if one.appraiser else LEFT_TO_LEAD
        key = (one.plan.agency.name, person, one.override_reason, one.overridden_by.full_name, one.overridden_at)
        together[key].append(one.pk)
    return [
        {
            "agency": plain_text(agency),
            "person": plain_text(person),
            "reason": plain_text(reason),
            "lines": bound(f"g{pks[0]}.lines", number(len(pks))),
            "decided": f"{plain_text(by)}, {bound(f'g{pks[0]}.at', said_moment(at))}",
        }
        for (agency, person, reason, by, at), pks in together.items()
    ]


def _conflict(one: Conflict) -> Words:
    ended = ""
    if one.withdrawn_at:
        at = bound(f"c{one.pk}.withdrawn_at", said_moment(one.withdrawn_at))
        ended = f"{plain_text(one.withdrawn_by.full_name)}, {at}: {plain_text(one.withdrawal_reason)}"
    return {
        "who": plain_text(one.person.full_name if one.person else one.agency.name),
        "unit": plain_text(one.unit.name),
        "kind": str(one.get_kind_display()),
        "is_superior": one.kind == ConflictKind.SUPERIOR,
        "reason": plain_text(one.reason),
        "declared": f"{plain_text(one.declared_by.full_name)}, {bound(f'c{one.pk}.declared_at', said_moment(one.declared_at))}",
        "ended": ended,
    }


def _own_units(records: Records) -> list[Words]:
    names = {form.unit_id: form.unit.name for form in records.scope.assessments}
    return [{"who": plain_text(one.full_name), "unit": plain_text(names[unit])} for one, unit in records.own_units]


def _known_conflicts(records: Records) -> list[Words]:
    """As they stood when a plan was adopted, for the paper's units."""
    names = {form.unit.name for form in records.scope.assessments}
    return [
        {"agency": plain_text(plan.agency.name), "who": plain_text(name), "unit": plain_text(unit), "reason": plain_text(reason)}
        for plan in records.plans
        for _account, name, unit, reason in plan.conflicts
        if unit in names
    ]  # fmt: skip


# --- units and lines -----------------------------------------------------------------------------------------------
def _unit(one: UnitLedger, lines: Counter) -> Words:
    at = f"u{one.assessment.unit_id}"
    totals = {"claimed": one.claimed, "appraised": one.appraised, "final": one.final}
    changed = {"corrected": lines[LineState.CORRECTED], "not_applicable": lines[LineState.NOT_APPLICABLE]}
    return {
        "name": plain_text(one.assessment.unit.name),
        **{name: bound(f"{at}.{name}", points(total) or NO_POINTS) for name, total in totals.items()},
        "difference": bound(f"{at}.difference", signed(one.difference, 2) or NO_POINTS),
        **{name: bound(f"{at}.{name}", number(count)) for name, count in changed.items()},
        "state": str(one.assessment.get_state_display()),
    }
