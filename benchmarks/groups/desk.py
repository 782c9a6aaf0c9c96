"""W1, W4: the appraiser's desk in process: a criterion of 200 units, and one line of 96 read, accepted and corrected.

The demo of the group `web` (var/bench) is the ground: its appraised year is opened again in a copy and gets as many units as
the goal names, every one with all the lines of its set. pretalx's review dashboard, which W4 is held against, needs an
environment of its own that cannot be installed here; the goal's own figure for it, 1,967 ms, stands in, and 15 times less is
the limit: 130 ms a request.
"""

import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import django

from benchmarks.groups.web import REQUESTS, SEEDED, fresh, seed
from benchmarks.measure import Figure, Goal, compare, serve, side, timed

LIST, CRITERION = 200, 96
ANCHORED = Goal("W1", 1.2)
# Limits in seconds a request, so that the ratio is the share of the limit that is used.
LIMITS = {
    "list": ("W4", 0.130),
    "criterion": ("W4", 0.130),
    "line": ("E", 0.200),
    "accept": ("E", 0.200),
    "correct": ("E", 0.200),
}
WORDS = {
    "list": f"criterion of {LIST} units with all scores",
    "criterion": f"criterion of {CRITERION} units",
    "line": f"one line with its queue of {CRITERION}",
    "accept": f"a line accepted, queue of {CRITERION}",
    "correct": f"a line corrected, queue of {CRITERION}",
}


def measure(rounds: int) -> Iterator[Figure | str]:
    seed()
    with tempfile.TemporaryDirectory() as folder:
        anchor = fresh(folder, "anchor")
        for name, (code, limit) in LIMITS.items():
            shutil.copytree(SEEDED, Path(folder) / name)
            product = {"DJANGO_SETTINGS_MODULE": "sonla_awards.settings.demo", "SONLA_VAR": f"{folder}/{name}"}
            with side("benchmarks.groups.desk", name, **product) as page:
                goal = Goal(code, 1)
                what = f"{WORDS[name]}: a request, against {limit * 1000:.0f} ms"
                yield compare(goal, what, lambda page=page: page() / REQUESTS, lambda limit=limit: limit, rounds)
                if name == "list":
                    with side("benchmarks.anchors.pages", "list", PAGES_FOLDER=anchor) as plain:
                        yield compare(
                            ANCHORED, f"{REQUESTS} requests for a {WORDS[name]}, against 100 rows", page, plain, rounds
                        )


def main(name: str) -> None:
    """The product's side, in a process of its own."""
    django.setup()
    from django.test import Client  # noqa: PLC0415 - Django must be set up

    from accounts.models import User  # noqa: PLC0415 - as above

    criterion = _opened(LIST if name == "list" else CRITERION)
    client = Client(headers={"host": "127.0.0.1"})
    client.force_login(User.objects.get(username="totruong.skhcn"))
    listed = f"/appraisal/{criterion.criteria_set.year}/criteria/{criterion.pk}/"
    _facts(client, name, listed)
    act = {
        "list": lambda: _ask(client, [listed] * REQUESTS),
        "criterion": lambda: _ask(client, [listed] * REQUESTS),
        "line": lambda: _ask(client, [f"/appraisal/lines/{pk}/" for pk in _open_lines(criterion)]),
        "accept": lambda: _decide(client, criterion, lambda line: {"decision": "accept"}),
        "correct": lambda: _decide(client, criterion, _corrected),
    }[name]
    serve(timed(act))


def _opened(units: int):
    """A ratio of the communes' set with `units` forms under appraisal, nothing decided on it. The criterion."""
    from scoring.enums import AssessmentState, CycleState, LineState  # noqa: PLC0415 - Django must be set up
    from scoring.models import Answer, Assessment, Criterion, Cycle  # noqa: PLC0415 - as above

    cycle = Cycle.objects.get(year=2025)
    Cycle.objects.filter(pk=cycle.pk).update(state=CycleState.APPRAISAL)
    Assessment.objects.filter(cycle=cycle).update(state=AssessmentState.UNDER_APPRAISAL)
    criteria = Criterion.objects.filter(
        criteria_set__in=cycle.groups.filter(group__code="commune").values("criteria_set")
    )
    criterion = next(one for one in criteria.select_related("criteria_set") if one.leaf.rule.kind == "ratio")
    first = Assessment.objects.filter(cycle=cycle, group__code="commune").order_by("pk").first()
    _more_units(first, units - criterion.answers.count())
    undecided = {"line_state": LineState.OPEN, "correction": None, "appraised_points": None, "appraised_by": None}
    Answer.objects.filter(criterion=criterion).update(**undecided, clarification=None)
    return criterion


def _more_units(first, count: int) -> None:
    """Further units of the group, each with a copy of the first one's form."""
    from accounts.models import Unit  # noqa: PLC0415 - Django must be set up
    from core.collation import fold, sort_key  # noqa: PLC0415 - as above
    from scoring.models import Answer, Assessment  # noqa: PLC0415 - as above

    names = [f"Bản {number:03}" for number in range(max(count, 0))]
    units = Unit.objects.bulk_create(
        Unit(
            code=f"B{number:03}",
            name=f"Xã {name}",
            short_name=name,
            name_sort=sort_key(name),
            name_fold=fold(name),
            kind=first.unit.kind,
        )
        for number, name in enumerate(names)
    )
    given = {"cycle": first.cycle, "group": first.group, "criteria_set": first.criteria_set, "state": first.state}
    made = Assessment.objects.bulk_create(
        Assessment(unit=unit, submitted_at=first.submitted_at, **given) for unit in units
    )
    copied = list(first.answers.all())
    kept = ("criterion_id", "values", "explanation", "claimed_points")
    Answer.objects.bulk_create(
        Answer(assessment=one, **{name: getattr(answer, name) for name in kept}) for one in made for answer in copied
    )


def _facts(client, name: str, address: str) -> None:
    from django.db import connection  # noqa: PLC0415 - Django must be set up

    queries: list[str] = []
    client.get(address)
    with connection.execute_wrapper(lambda execute, *rest: queries.append(rest[0]) or execute(*rest)):
        page = client.get(address).content
    print(f"{name}: {page.count(b'<tr id=')} rows, {len(page) // 1000} kB, {len(queries)} queries", file=sys.stderr)


def _open_lines(criterion) -> list[int]:
    waiting = criterion.answers.filter(line_state="open", asks_not_applicable=False).exclude(values={})
    found = list(waiting.order_by("pk").values_list("pk", flat=True)[:REQUESTS])
    if len(found) < REQUESTS:
        criterion.answers.update(line_state="open", correction=None, appraised_points=None, appraised_by=None)
        return _open_lines(criterion)
    return found


def _ask(client, addresses: list[str]) -> None:
    for address in addresses:
        assert client.get(address).status_code == 200, address


def _decide(client, criterion, given: Callable) -> None:
    for line in criterion.answers.filter(pk__in=_open_lines(criterion)):
        done = client.post(f"/appraisal/lines/{line.pk}/", {"version": line.version, **given(line)})
        assert done.status_code == 302, done.context["form"].errors


def _corrected(line) -> dict[str, str]:
    figures = {name: "1" if name == "a" else value for name, value in line.values.items()}
    return {"decision": "inputs", "reason_code": "TL-04", "reason": "Tài liệu không thể hiện số đã khai."} | figures


if __name__ == "__main__":
    main(*sys.argv[1:])
