"""What a Django programmer writes first: an answer read, reckoned and saved at a time; and with care: prefetched, then
written in bulk. A child process of its own, on SQLite in a temporary file; the rules are a few lines of Decimal.

`python -m benchmarks.anchors.loops toy|careful UNITS` answers a line on standard input with the seconds of one round.
"""

import sys
import tempfile
from collections.abc import Callable
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from types import SimpleNamespace

import django
from django.conf import settings

from benchmarks.measure import serve, timed

CRITERIA = 80


def prepare(folder: Path) -> None:
    database = {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": folder / "loops.sqlite3",
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
        },
    }
    settings.configure(DATABASES={"default": database}, DEFAULT_AUTO_FIELD="django.db.models.BigAutoField", USE_TZ=True)
    django.setup()


def made(units: int) -> SimpleNamespace:
    """The three models, their tables and rows; made after the settings stand."""
    from django.db import connection, models  # noqa: PLC0415 - after `prepare`

    class Criterion(models.Model):  # noqa: DJ008 - nobody reads its name
        maximum = models.DecimalField(max_digits=6, decimal_places=2)
        kind = models.IntegerField()

        class Meta:
            app_label = "loops"

    class Submission(models.Model):  # noqa: DJ008 - nobody reads its name
        group = models.IntegerField()
        total = models.DecimalField(max_digits=8, decimal_places=2, default=0)

        class Meta:
            app_label = "loops"

    class Answer(models.Model):  # noqa: DJ008 - nobody reads its name
        submission = models.ForeignKey(Submission, models.CASCADE)
        criterion = models.ForeignKey(Criterion, models.CASCADE)
        value = models.DecimalField(max_digits=12, decimal_places=2)
        points = models.DecimalField(max_digits=6, decimal_places=2, default=0)

        class Meta:
            app_label = "loops"
            indexes = [models.Index(fields=["submission", "criterion"])]

    with connection.schema_editor() as editor:
        for model in (Criterion, Submission, Answer):
            editor.create_model(model)
    fill(Criterion, Submission, Answer, units)
    return SimpleNamespace(Criterion=Criterion, Submission=Submission, Answer=Answer)


def fill(criterion, submission, answer, units: int) -> None:
    criteria = criterion.objects.bulk_create(
        criterion(maximum=Decimal(1 + number % 3), kind=number % 3) for number in range(CRITERIA)
    )
    submissions = submission.objects.bulk_create(submission(group=number % 3) for number in range(units))
    answer.objects.bulk_create(
        answer(submission=one, criterion=line, value=(one.pk * 7 + line.pk * 13) % 100)
        for one in submissions
        for line in criteria
    )


def toy(models: SimpleNamespace) -> None:
    """Everything one by one, and a COUNT for each rank."""
    for one in models.Submission.objects.all():
        one.total = Decimal(0)
        for criterion in models.Criterion.objects.all():
            answer = models.Answer.objects.get(submission=one, criterion=criterion)
            answer.points = points(criterion, answer.value)
            answer.save()
            one.total += answer.points
        one.save()
    for one in models.Submission.objects.all():
        models.Submission.objects.filter(group=one.group, total__gt=one.total).count()


def careful(models: SimpleNamespace) -> None:
    """Read in three queries, written in bulk."""
    known = {criterion.pk: criterion for criterion in models.Criterion.objects.all()}
    found = list(models.Submission.objects.prefetch_related("answer_set"))
    changed = []
    for one in found:
        for answer in one.answer_set.all():
            answer.points = points(known[answer.criterion_id], answer.value)
            changed.append(answer)
        one.total = sum(answer.points for answer in one.answer_set.all())
    models.Answer.objects.bulk_update(changed, ["points"], batch_size=500)
    models.Submission.objects.bulk_update(found, ["total"], batch_size=500)


def in_one_transaction(way: Callable, models: SimpleNamespace) -> Callable[[], None]:
    from django.db import transaction  # noqa: PLC0415 - after `prepare`

    return transaction.atomic(lambda: way(models))


def points(criterion, value: Decimal) -> Decimal:
    if criterion.kind == 0:
        share = Decimal(value > 50)
    elif criterion.kind == 1:
        share = min(Decimal(1), value / 80)
    else:
        share = min(Decimal(1), value * Decimal("0.04"))
    return (criterion.maximum * share).quantize(Decimal("0.01"), ROUND_HALF_UP)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        prepare(Path(folder))
        way = {"toy": toy, "careful": careful}[sys.argv[1]]
        serve(timed(in_one_transaction(way, made(int(sys.argv[2])))))
