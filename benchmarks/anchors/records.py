"""One row a unit, as bytes, in a plain table of SQLite or PostgreSQL: reading all of them, and writing as many results."""

import os
import sqlite3
from collections.abc import Iterable
from contextlib import contextmanager
from pathlib import Path

import psycopg

ADDRESS = os.environ.get("DATABASE_URL", "")
POSTGRESQL = ADDRESS if ADDRESS.startswith("postgres") else "postgresql://postgres@127.0.0.1:5432/postgres"
SCHEMA = "benchmarks_records"


class SQLite:
    """`statements` counts what was sent to the database; a bulk write is one."""

    name, statements = "SQLite", 0
    bytes_type = "BLOB"

    def __init__(self, folder: Path):
        self.connection = sqlite3.connect(folder / "records.sqlite3")
        self.connection.execute("PRAGMA journal_mode=WAL")
        self.connection.execute("PRAGMA synchronous=FULL")

    def run(self, statement: str):
        self.statements += 1
        return self.connection.execute(statement)

    def write(self, table: str, rows: Iterable[tuple], width: int) -> None:
        self.statements += 1
        self.connection.executemany(f"INSERT INTO {table} VALUES ({','.join('?' * width)})", rows)  # noqa: S608 - our own names

    def commit(self) -> None:
        self.connection.commit()


class PostgreSQL(SQLite):
    name = "PostgreSQL"
    bytes_type = "bytea"

    def __init__(self, folder: Path):
        self.connection = psycopg.connect(POSTGRESQL, connect_timeout=2)
        self.run(f"DROP SCHEMA IF EXISTS {SCHEMA} CASCADE")
        self.run(f"CREATE SCHEMA {SCHEMA}")
        self.run(f"SET search_path = {SCHEMA}")

    def run(self, statement: str):
        self.statements += 1
        return self.connection.cursor(binary=True).execute(statement)

    def write(self, table: str, rows: Iterable[tuple], width: int) -> None:
        self.statements += 1
        with self.connection.cursor() as cursor, cursor.copy(f"COPY {table} FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)


@contextmanager
def opened(kind: type[SQLite], folder: Path):
    """An open database with the tables `packs` and `results`, both empty; everything is gone afterwards."""
    database = kind(folder)
    try:
        bytes_type = database.bytes_type
        database.run(f"CREATE TABLE packs (unit integer PRIMARY KEY, grp text, submitted_at text, pack {bytes_type})")
        database.run(
            f"CREATE TABLE results (unit integer PRIMARY KEY, total integer, rank integer, points {bytes_type})"
        )
        database.commit()
        yield database
    finally:
        if kind is PostgreSQL:
            database.connection.rollback()
            database.run(f"DROP SCHEMA {SCHEMA} CASCADE")
            database.commit()
        database.connection.close()


def read(database: SQLite) -> list[tuple]:
    return database.run("SELECT unit, grp, submitted_at, pack FROM packs ORDER BY unit").fetchall()


def write_results(database: SQLite, rows: Iterable[tuple]) -> None:
    database.run("DELETE FROM results")
    database.write("results", rows, 4)
    database.commit()
