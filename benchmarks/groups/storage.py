"""D1 to D3, E3: from the database to scores and back, one pack a unit (`scoring.engine.batch.Layout`) in a plain table.

The product keeps a row an answer, for editing and proof; this is the shape that a nation's year would be computed from.
"""

import tempfile
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import psycopg

from benchmarks.anchors import records
from benchmarks.anchors.libreoffice import installed
from benchmarks.anchors.spreadsheet import Spreadsheet
from benchmarks.measure import Figure, Goal, compare, side, timed
from benchmarks.province import Province
from scoring import engine
from scoring.engine import batch
from scoring.engine.answers import read_fields

SIZES = {"P": Province(96, 3), "N1": Province(4100, 40)}


class Recompute:
    """Read every pack, score, write every result: the product's side. `plain` reads and writes the same bytes only."""

    def __init__(self, province: Province, database: records.SQLite):
        self.database = database
        self.criteria_set = engine.load_set(province.document())
        self.layout, self.evaluator = batch.Layout(self.criteria_set), batch.Evaluator(self.criteria_set)
        database.write("packs", self._packs(province), 4)
        database.commit()
        self.results = self._rows(self.scored())

    def _packs(self, province: Province) -> Iterator[tuple]:
        leaves = {leaf.code: leaf for leaf in self.criteria_set.lines}
        entries = province.entries()
        for number, (unit, lines) in enumerate(province.values().items()):
            answers = {code: read_fields(leaves[code], fields).answer for code, fields in lines.items()}
            yield number, entries[unit].group, entries[unit].submitted_at, self.layout.pack(answers)

    def scored(self) -> batch.Scores:
        rows = records.read(self.database)
        entries = {row[0]: engine.GroupEntry(row[1], row[2]) for row in rows}
        return self.evaluator.evaluate(batch.columns_of_packs(self.layout, (row[3] for row in rows), entries))

    def _rows(self, scores: batch.Scores) -> list[tuple]:
        points = np.ascontiguousarray(scores.points.T, np.int32)
        totals = zip(scores.columns.units, scores.total.tolist(), scores.rank.tolist(), points, strict=True)
        return [(unit, total, rank, row.tobytes()) for unit, total, rank, row in totals]

    def whole(self) -> None:
        records.write_results(self.database, self._rows(self.scored()))

    def plain(self) -> None:
        """The bytes into one array of numbers, a row a field, and the same results."""
        packs = np.frombuffer(b"".join(row[3] for row in records.read(self.database)), np.uint8)
        np.ascontiguousarray(packs.reshape(-1, self.layout.size)[:, -8 * self.layout.fields :].T)
        records.write_results(self.database, self.results)

    def statements(self) -> int:
        before = self.database.statements
        self.whole()
        return self.database.statements - before


def measure(rounds: int) -> Iterator[Figure | str]:
    for kind in (records.SQLite, records.PostgreSQL):
        try:
            yield from _database(kind, rounds)
        except psycopg.OperationalError:
            yield "D1, PostgreSQL: not measured, no server answers."
    yield from _loops(rounds)


def _database(kind: type[records.SQLite], rounds: int) -> Iterator[Figure | str]:
    for size, province in SIZES.items():
        with tempfile.TemporaryDirectory() as folder, records.opened(kind, Path(folder)) as database:
            job = Recompute(province, database)
            where = f"{size}, {kind.name}, from the database to the database"
            if size == "N1":
                what = f"{where}, against reading and writing"
                yield compare(Goal("D1", 1.5), what, timed(job.whole), timed(job.plain), rounds)
            yield f"D2, {size}, {kind.name}: {job.statements()} statements."
            if installed() and kind is records.SQLite:
                book = Spreadsheet(province, Path(folder))
                goal = Goal("E3", 1 / 20 if size == "P" else 1 / 50)
                yield compare(
                    goal, f"{where}, against LibreOffice", timed(job.whole), timed(book.recalculate), min(3, rounds)
                )


def _loops(rounds: int) -> Iterator[Figure]:
    units = SIZES["P"].units
    with tempfile.TemporaryDirectory() as folder, records.opened(records.SQLite, Path(folder)) as database:
        job = Recompute(SIZES["P"], database)
        for way, limit in (("toy", 100), ("careful", 25)):
            with side("benchmarks.anchors.loops", way, str(units)) as anchor:
                what = f"{units} units, SQLite, against the {way} Django loop"
                yield compare(Goal("D3", 1 / limit), what, timed(job.whole), anchor, min(rounds, 5))
