"""The job that reads what is new in a year's evidence, compares everything, and keeps the flags it finds.

Begun by the sweeper when something changed, at most every PAUSE; `manage.py find_twins` begins it at once. Safe to run
twice: it writes what is missing and takes away what is no longer so, except what somebody set aside.
"""

import time
from collections.abc import Callable, Sequence
from datetime import timedelta

from django.db import transaction

from accounts.models import Unit
from core import clock
from core.jobs.models import Job
from core.jobs.runner import Progress, chore, enqueue, handles
from scoring.enums import CycleState
from scoring.models import Cycle, Evidence, EvidenceFlag, EvidenceText
from scoring.twins.places import Found, Place, mark_of, places_of
from scoring.twins.texts import read_all, unread

KIND, PAUSE = "twins.find", timedelta(minutes=10)
# A worker ends a task after five minutes, two of which may be gone when a sweep comes to this one (`runner.sweep`); what is
# not read by then is read by the next job.
SECONDS_OF_READING = 90
OPEN = (CycleState.FILING, CycleState.APPRAISAL, CycleState.PROVISIONAL, CycleState.EXPLANATION)
_REFRESHED = (
    "likeness_percent", "first_answer", "first_evidence", "first_citation",
    "second_answer", "second_evidence", "second_citation",
)  # fmt: skip


@chore
def look_for_twins() -> int:
    """At each sweep: for each year in which something changed since the last search, one job. How many were begun."""
    return sum(_begin_if_changed(cycle) for cycle in Cycle.objects.filter(state__in=OPEN))


def last_search(cycle: Cycle) -> Job | None:
    return Job.objects.filter(kind=KIND, unique_key__startswith=f"{KIND}:{cycle.pk}:").order_by("-pk").first()


def _begin_if_changed(cycle: Cycle) -> bool:
    last, now = last_search(cycle), clock.now()
    if last and (not last.is_over or now - last.created_at < PAUSE):
        return False
    places = places_of(cycle)
    mark = mark_of(places, len(unread(_files(places))))
    if not places or (last and last.state == Job.State.DONE and last.payload["mark"] == mark):
        return False
    begin(cycle, mark)
    return True


@transaction.atomic
def begin(cycle: Cycle, mark: str = "") -> Job:
    """Without a mark the sweeper will look again."""
    key = f"{KIND}:{cycle.pk}:{clock.now():%Y%m%d%H%M%S%f}"
    return enqueue(kind=KIND, unique_key=key, payload={"cycle": cycle.pk, "mark": mark}, actor=None)


def is_unread(cycle: Cycle) -> bool:
    """Whether a search left something for the next one."""
    return bool(unread(_files(places_of(cycle))))


def _files(places: Sequence[Place]) -> list[Evidence]:
    return [place.document for place in places if place.is_file]


@handles(KIND)
def find(payload: dict, progress: Progress) -> Callable[[], str]:
    """Read and compare outside any transaction; the returned write is one."""
    cycle = Cycle.objects.get(pk=payload["cycle"])
    began = time.monotonic()
    places = places_of(cycle)
    read_all(unread(_files(places)), progress, still=lambda: time.monotonic() - began < SECONDS_OF_READING)
    found = compare(cycle, places)
    return lambda: _store(cycle, found)


def compare(cycle: Cycle, places: Sequence[Place]) -> list[Found]:
    """What the documents have in common, as far as they were read."""
    from scoring.twins.comparing import Comparison  # noqa: PLC0415 - loads numpy, which only this job needs

    hashes = {file.sha256 for file in _files(places)}
    texts = EvidenceText.objects.in_bulk(hashes, field_name="sha256") if hashes else {}
    return Comparison(places, texts, Unit.objects.all(), cycle.year).found()


def _store(cycle: Cycle, found: Sequence[Found]) -> str:
    now, wanted = clock.now(), {one.key: one for one in found}
    known = {flag.key: flag for flag in cycle.evidence_flags.all()}
    gone = [flag.pk for key, flag in known.items() if key not in wanted]
    cycle.evidence_flags.filter(pk__in=gone, set_aside_at__isnull=True).delete()
    new = [EvidenceFlag(cycle=cycle, key=key, found_at=now) for key in wanted if key not in known]
    EvidenceFlag.objects.bulk_create([_filled(flag, wanted[flag.key]) for flag in new], batch_size=50)
    moved = [flag for key, flag in known.items() if key in wanted and _is_other(flag, wanted[key])]
    EvidenceFlag.objects.bulk_update([_filled(flag, wanted[flag.key]) for flag in moved], _REFRESHED, batch_size=50)
    return ""


def _filled(flag: EvidenceFlag, one: Found) -> EvidenceFlag:
    flag.kind, flag.dated_on = one.kind, one.dated_on
    flag.first, flag.second = one.first.assessment, one.second and one.second.assessment
    for name, value in _refreshed(one).items():
        setattr(flag, name, value)
    return flag


def _is_other(flag: EvidenceFlag, one: Found) -> bool:
    return any(getattr(flag, name) != value for name, value in _refreshed(one).items())


def _refreshed(one: Found) -> dict[str, int | None]:
    """What may change about a flag that stays the same."""
    found = {"likeness_percent": one.percent}
    for side in ("first", "second"):
        place, answer = getattr(one, side), getattr(one, f"{side}_answer")
        found[f"{side}_answer_id"] = answer and answer.pk
        found[f"{side}_evidence_id"] = place.document.pk if place and place.is_file else None
        found[f"{side}_citation_id"] = place.document.pk if place and not place.is_file else None
    return found
