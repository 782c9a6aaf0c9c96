"""A database of its own for tests with threads, servers or kills: copied from the migrated one, thrown away afterwards.

The usual way, a flush at the end, is refused by the triggers that keep final things final.
"""

import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
from django.db import connections
from psycopg import sql


@contextmanager
def own_database(folder: Path) -> Iterator[None]:
    """Inside the block every connection, of any thread, reaches a fresh copy of the test database."""
    connection = connections["default"]
    settings, template = connection.settings_dict, connection.settings_dict["NAME"]
    assert not connection.in_atomic_block, "what was made once for the module is still open; see tests/conftest.py"
    connections.close_all()
    if connection.vendor == "sqlite":
        copy = str(folder / "own.sqlite3")
        with sqlite3.connect(template) as source, sqlite3.connect(copy) as target:
            source.backup(target)
    else:
        copy = f"{template}_own"
        _administer(settings, "CREATE DATABASE {} TEMPLATE {}", copy, template)
    settings["NAME"] = copy
    try:
        yield
    finally:
        connections.close_all()
        settings["NAME"] = template
        if connection.vendor != "sqlite":
            _administer(settings, "DROP DATABASE {} WITH (FORCE)", copy)


def _administer(settings: dict[str, Any], statement: str, *names: str) -> None:
    """A statement that no transaction may hold, said from the server's own database."""
    address = {
        "host": settings["HOST"],
        "port": settings["PORT"],
        "user": settings["USER"],
        "password": settings["PASSWORD"],
    }
    given = {key: value for key, value in address.items() if value}
    with psycopg.connect(dbname="postgres", autocommit=True, **given) as link:
        link.execute(sql.SQL(statement).format(*(sql.Identifier(name) for name in names)))


def all_at_once(acts: list[Callable[[], Any]]) -> list[Any]:
    """Run the acts in a thread each, let go together; what each returned, or the exception it raised."""
    gate, results = threading.Barrier(len(acts)), [None] * len(acts)

    def run(index: int) -> None:
        gate.wait()
        try:
            results[index] = acts[index]()
        except Exception as error:
            results[index] = error
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(index,)) for index in range(len(acts))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results
