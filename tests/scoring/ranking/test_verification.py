"""`verify_ranking` names whatever was changed, and the database refuses the change before."""

from io import StringIO
from zoneinfo import ZoneInfo

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction

from core.protections import installed_names
from scoring.models import RankingRow, RankingRun
from scoring.ranking.services import publish_run
from scoring.ranking.verification import all_faults, content_faults
from tests.factories.year import EXPLAINED
from tests.scoring.ranking.conftest import DAY, replace_published

pytestmark = pytest.mark.django_db
NAME = "commune 2026 run 2"


def execute(sql: str, parameters: list | None = None) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters or [])


def unprotected() -> None:
    """What the owner of the database can do: take the triggers away (the test's transaction brings them back)."""
    for name, table in installed_names(connection).items():
        execute(f'DROP TRIGGER "{name}"' + ("" if connection.vendor == "sqlite" else f' ON "{table}"'))


def changed(table: str, column: str, old: str, new: str, pk: int) -> None:
    """Change some bytes of one column of one row by raw SQL."""
    execute(f'UPDATE "{table}" SET "{column}" = replace("{column}", %s, %s) WHERE id = %s', [old, new, pk])  # noqa: S608 - a test's own words


def test_a_sound_ranking_has_no_faults(published, year):
    replace_published(year)
    out = StringIO()

    call_command("verify_ranking", stdout=out)

    current = RankingRun.objects.published().get()
    assert list(all_faults()) == []
    assert out.getvalue() == f"commune 2026: 3 rows, SHA-256 {current.sha256}\n"


def test_the_zone_of_the_clock_does_not_matter(settled):
    with settled.on(EXPLAINED.astimezone(ZoneInfo("Asia/Ho_Chi_Minh"))):
        publish_run(
            run=settled.compute(), decision_number="312/QĐ-UBND", decision_on=DAY, actor=settled.people["secretary"]
        )

    assert list(all_faults()) == []


@pytest.mark.parametrize(
    ("table", "column", "old", "new", "said"),
    [
        ("scoring_rankingrun", "snapshot", '"90"', '"91"', "the snapshot does not have the hash"),
        ("scoring_rankingrun", "snapshot", "Xã Ngọc Chiến", "Xã Ngọc Chiến ", "the snapshot does not have the hash"),
        ("scoring_rankingrun", "snapshot", "{", "[", "the snapshot cannot be read"),
        ("scoring_rankingrun", "snapshot", '"values":', '"valuez":', "the snapshot cannot be read"),
        ("scoring_rankingrun", "decision_number", "312", "313", "another decision"),
        ("scoring_rankingrun", "engine_version", "1", "2", "another engine version"),
        (
            "scoring_criteriaset",
            "document",
            '"Có kế hoạch"',
            '"Có Kế hoạch"',
            "the criteria set small 2026 was changed",
        ),
        ("scoring_criteriaset", "identity", "a", "b", "the criteria set small 2026 was changed"),
    ],
)
def test_one_changed_byte_is_named(published, year, table, column, old, new, said):
    unprotected()
    pk = year.criteria_set.pk if table == "scoring_criteriaset" else published.pk

    changed(table, column, old, new, pk)

    faults = list(all_faults())
    assert any(said in fault and fault.startswith(NAME) for fault in faults), faults


@pytest.mark.parametrize("column", ["rank", "position", "total", "grade", "tie_break", "bonus", "penalty"])
def test_a_changed_row_is_named_with_its_column(published, column):
    unprotected()
    row = published.rows.get(unit__code="22222")
    value = {"rank": 9, "position": 9, "total": "9.51", "bonus": "1", "penalty": "1"}.get(column, "x")

    execute(f'UPDATE scoring_rankingrow SET "{column}" = %s WHERE id = %s', [value, row.pk])  # noqa: S608 - a test's own words

    assert list(all_faults()) == [f"{NAME}: the row of 22222 does not follow from the snapshot ({column})"]


@pytest.mark.parametrize(
    ("column", "old", "new"),
    [("nodes", "A", "Z"), ("lines", "scored", "missing"), ("lines", "Theo dõi năm", "Theo dõi nám")],
)
def test_a_changed_byte_inside_a_row_is_named(published, column, old, new):
    """A pillar, a line's state, the appraiser's reason."""
    unprotected()
    row = published.rows.get(unit__code="11111")
    kept = getattr(row, column)

    setattr(row, column, _replaced(kept, old, new))
    assert getattr(row, column) != kept
    row.save()

    assert list(all_faults()) == [f"{NAME}: the row of 11111 does not follow from the snapshot ({column})"]


def _replaced(value, old: str, new: str):
    if isinstance(value, dict):
        return {_replaced(key, old, new): _replaced(item, old, new) for key, item in value.items()}
    return new if value == old else value


def test_a_hash_that_fits_a_changed_snapshot_is_not_the_published_one(published):
    """Whoever mends the hash as well is caught by the audit trail."""
    from scoring.ranking.snapshot import sha256  # noqa: PLC0415 - only this test forges a hash

    unprotected()
    text = published.snapshot.replace("Xã Ngọc Chiến", "Xã Ngọc Chiên")
    execute(
        "UPDATE scoring_rankingrun SET snapshot = %s, sha256 = %s WHERE id = %s", [text, sha256(text), published.pk]
    )

    assert f"{NAME}: the audit trail says another hash was published" in list(all_faults())


def test_a_removed_row_and_a_strange_one_are_named(published, year):
    unprotected()
    execute("DELETE FROM scoring_rankingrow WHERE unit_id = %s", [year.units[2].pk])
    row = published.rows.first()
    row.pk, row.unit, row.position = None, year.office, 7
    row.save(force_insert=True)

    assert list(all_faults()) == [
        f"{NAME}: the row of 33333 is missing",
        f"{NAME}: the row of VPUBND is not in the snapshot",
    ]


def test_a_ranking_taken_back_is_noticed(published):
    unprotected()
    execute("UPDATE scoring_rankingrun SET state = 'computed' WHERE id = %s", [published.pk])

    assert list(all_faults()) == [f"run {published.pk}: it was published, but is no longer a published run"]


def test_the_command_fails_with_one_line_per_fault(published):
    unprotected()
    execute("UPDATE scoring_rankingrow SET grade = 'kha' WHERE run_id = %s", [published.pk])

    with pytest.raises(CommandError) as failed:
        call_command("verify_ranking", stdout=StringIO())
    assert len(str(failed.value).splitlines()) == 3


def test_a_computed_run_proves_itself_too(year):
    year.to_appraisal().appraise()
    from tests.factories.year import APPRAISED  # noqa: PLC0415 - only this test computes early

    with year.on(APPRAISED):
        run = year.compute()

    assert list(content_faults(run)) == []


FROZEN = [
    "UPDATE scoring_rankingrun SET snapshot = snapshot || ' ' WHERE id = {run}",
    "UPDATE scoring_rankingrun SET decision_number = '1/QĐ' WHERE id = {run}",
    "UPDATE scoring_rankingrun SET reason = 'x' WHERE id = {run}",
    "UPDATE scoring_rankingrun SET state = 'computed' WHERE id = {run}",
    "DELETE FROM scoring_rankingrun WHERE id = {run}",
    "UPDATE scoring_rankingrow SET total = '10' WHERE run_id = {run}",
    "UPDATE scoring_rankingrow SET run_id = {other} WHERE run_id = {run}",
    "UPDATE scoring_rankingrow SET run_id = {run}, position = position + 50 WHERE run_id = {other}",
    "DELETE FROM scoring_rankingrow WHERE run_id = {run}",
    "INSERT INTO scoring_rankingrow (run_id, unit_id, position, grade, tie_break, bonus, penalty, nodes, lines) "
    "SELECT run_id, {office}, 99, grade, tie_break, bonus, penalty, nodes, lines FROM scoring_rankingrow "
    "WHERE run_id = {run} AND position = 1",
    "INSERT INTO scoring_rankingrow (run_id, unit_id, position, grade, tie_break, bonus, penalty, nodes, lines) "
    "SELECT run_id, unit_id, position, grade, tie_break, bonus, penalty, nodes, lines FROM scoring_rankingrow "
    "WHERE run_id = {run} ON CONFLICT (run_id, unit_id) DO UPDATE SET grade = 'kha'",
]
REPLACED = [
    "INSERT OR REPLACE INTO scoring_rankingrun SELECT * FROM scoring_rankingrun WHERE id = {run}",
    "INSERT OR REPLACE INTO scoring_rankingrow SELECT * FROM scoring_rankingrow WHERE run_id = {run}",
]


@pytest.mark.parametrize("sql", FROZEN)
def test_raw_sql_cannot_change_a_published_ranking(published, year, sql):
    _refused(published, year, sql)


@pytest.mark.parametrize("sql", REPLACED)
def test_insert_or_replace_does_not_walk_round_the_triggers(published, year, sql):
    if connection.vendor != "sqlite":
        pytest.skip("INSERT OR REPLACE is SQLite's")
    _refused(published, year, sql)


def test_a_superseded_ranking_stays_as_frozen(published, year):
    replace_published(year)
    _refused(published, year, FROZEN[0])
    _refused(published, year, "UPDATE scoring_rankingrun SET state = 'published' WHERE id = {run}")


def _refused(run: RankingRun, year, sql: str) -> None:
    other = RankingRun.objects.exclude(pk=run.pk).first()
    before = (list(RankingRun.objects.values()), list(RankingRow.objects.values()))

    with pytest.raises(IntegrityError), transaction.atomic():
        execute(sql.format(run=run.pk, other=other.pk, office=year.office.pk))

    assert (list(RankingRun.objects.values()), list(RankingRow.objects.values())) == before
