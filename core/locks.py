"""Row locks, always taken in one order: cycle, unit, assessment, quota. SQLite has one writer and needs none."""

from typing import TypeVar

from django.db import connection, models

Row = TypeVar("Row", bound=models.Model)


def shared(model: type[Row], pk: int) -> Row:
    """The row, held so that nobody changes it before the transaction ends, while others may hold it too.

    Django has no FOR SHARE. An act on one assessment holds its cycle so; opening and closing a phase waits for all.
    The model says so by `HELD_SHARED`.
    """
    if connection.vendor == "postgresql":
        _stand_in_line(model, pk, "pg_advisory_xact_lock_shared")
        table = connection.ops.quote_name(model._meta.db_table)
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT 1 FROM {table} WHERE id = %s FOR SHARE", [pk])  # noqa: S608 - the model's own table
    return model.objects.get(pk=pk)


def exclusive(model: type[Row], pk: int) -> Row:
    """The row, held for change."""
    if getattr(model, "HELD_SHARED", False) and connection.vendor == "postgresql":
        _stand_in_line(model, pk, "pg_advisory_xact_lock")
    return model.objects.select_for_update(of=("self",)).get(pk=pk)


def _stand_in_line(model: type[Row], pk: int, lock: str) -> None:
    """Row locks have no queue: who comes later to share goes past who waits to change, for ever. Advisory locks have one."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {lock}(hashtext(%s), %s)", [model._meta.db_table, pk])  # noqa: S608 - two fixed names
