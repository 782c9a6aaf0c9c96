"""What is final is final in the database too: triggers, described once, installed after every migration.

SQLite drops a table's triggers when a migration remakes the table, silently; so they are installed again each time, and
a system check compares the database's catalogue with this list. Code that forgets a rule, an admin shell and raw SQL
all meet the same wall. (A database owner can still remove a trigger: hashes and the audit chain show what was done.)
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

from django.core.checks import Warning as CheckWarning
from django.db import DEFAULT_DB_ALIAS, connections, models
from django.db.backends.base.base import BaseDatabaseWrapper


@dataclass(frozen=True)
class Protection:
    """Refuse `event` (UPDATE or DELETE or INSERT) on `model` when `condition` (SQL over OLD and NEW) holds.

    In `condition`, `{distinct}` stands for the engine's null-safe «is not the same as».
    """

    model: type[models.Model]
    event: str
    condition: str
    sentence: str

    @property
    def name(self) -> str:
        """Carries a digest of the condition, so that a changed rule is seen as missing and replaces the old one."""
        digest = hashlib.sha256(f"{self.condition}{self.sentence}".encode()).hexdigest()[:8]
        return f"keep_{self.model._meta.db_table}_{self.event.lower()}_{digest}"


_registered: list[Protection] = []


def register(*protections: Protection | Iterable[Protection]) -> None:
    """Add to the list that is installed and checked. An app calls it when it is ready."""
    for protection in protections:
        for one in [protection] if isinstance(protection, Protection) else protection:
            if one not in _registered:
                _registered.append(one)


def append_only(model: type[models.Model]) -> list[Protection]:
    """Rows are added and stay as they are."""
    return [
        Protection(model, event, "1 = 1", f"{model._meta.db_table} is append-only") for event in ("UPDATE", "DELETE")
    ]


def frozen(model: type[models.Model], *, when: str, but: Iterable[str] = (), never: str = "1 = 0") -> list[Protection]:
    """Rows for which `when` (SQL over OLD) holds change in the columns `but` only, and are never deleted.

    `never` (SQL over OLD and NEW) names a change of those columns that is refused as well, such as a way back.
    """
    columns = [field.column for field in model._meta.concrete_fields if field.name not in set(but)]
    changed = " OR ".join(f'OLD."{column}" {{distinct}} NEW."{column}"' for column in columns)
    sentence = f"{model._meta.db_table}: this row is final"
    return [
        Protection(model, "UPDATE", f"({when}) AND ({changed} OR {never})", sentence),
        Protection(model, "DELETE", f"({when})", sentence),
    ]


def closed_with(model: type[models.Model], *, parent: type[models.Model], link: str, when: str) -> list[Protection]:
    """Rows of `model` are neither added, changed nor removed once their parent row is final (`when`, SQL over p)."""
    column, table = model._meta.get_field(link).column, parent._meta.db_table

    def final(side: str) -> str:
        return f'EXISTS (SELECT 1 FROM "{table}" p WHERE p.id = {side}."{column}" AND ({when}))'  # noqa: S608 - our own tables

    sentence = f"{model._meta.db_table}: the {parent._meta.model_name} is final"
    return [
        Protection(model, "INSERT", final("NEW"), sentence),
        Protection(model, "UPDATE", f"{final('OLD')} OR {final('NEW')}", sentence),
        Protection(model, "DELETE", final("OLD"), sentence),
    ]


def _sqlite_sql(protection: Protection) -> list[str]:
    condition = protection.condition.replace("{distinct}", "IS NOT")
    return [
        f'CREATE TRIGGER "{protection.name}" BEFORE {protection.event} ON "{protection.model._meta.db_table}" '
        f"WHEN {condition} BEGIN SELECT RAISE(ABORT, '{protection.sentence}'); END"
    ]


def _postgresql_sql(protection: Protection) -> list[str]:
    condition = protection.condition.replace("{distinct}", "IS DISTINCT FROM")
    result = "OLD" if protection.event == "DELETE" else "NEW"
    return [
        f'CREATE OR REPLACE FUNCTION "{protection.name}"() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN '
        f"IF {condition} THEN RAISE EXCEPTION '{protection.sentence}' USING ERRCODE = 'integrity_constraint_violation'; "
        f"END IF; RETURN {result}; END $$",
        f'CREATE TRIGGER "{protection.name}" BEFORE {protection.event} ON "{protection.model._meta.db_table}" '
        f'FOR EACH ROW EXECUTE FUNCTION "{protection.name}"()',
    ]


def installed_names(connection: BaseDatabaseWrapper) -> dict[str, str]:
    """Name of each of our triggers in the database's catalogue, and its table."""
    query = {
        "sqlite": "SELECT name, tbl_name FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'keep\\_%' ESCAPE '\\'",
        "postgresql": "SELECT t.tgname, c.relname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid "
        "JOIN pg_namespace n ON n.oid = c.relnamespace "
        "WHERE n.nspname = current_schema() AND NOT t.tgisinternal AND t.tgname LIKE 'keep\\_%'",
    }[connection.vendor]
    with connection.cursor() as cursor:
        cursor.execute(query)
        return dict(cursor.fetchall())


def _wanted(connection: BaseDatabaseWrapper) -> dict[str, Protection]:
    """By the name as the engine keeps it: PostgreSQL cuts identifiers at 63 bytes."""
    tables = set(connection.introspection.table_names())
    return {p.name[:63]: p for p in _registered if p.model._meta.db_table in tables}


def install(connection: BaseDatabaseWrapper) -> None:
    """Make the database's triggers those of the list: idempotent."""
    wanted, there = _wanted(connection), installed_names(connection)
    to_sql = _sqlite_sql if connection.vendor == "sqlite" else _postgresql_sql
    with connection.cursor() as cursor:
        for name, table in there.items():
            if name not in wanted:
                cursor.execute(f'DROP TRIGGER "{name}"' + ("" if connection.vendor == "sqlite" else f' ON "{table}"'))
        for name, protection in wanted.items():
            if name not in there:
                for statement in to_sql(protection):
                    cursor.execute(statement)


def lift_before_migrate(sender, using: str = DEFAULT_DB_ALIAS, plan: Iterable = (), **kwargs) -> None:
    """SQLite remakes a table to change it, and a trigger that names the table stands in the way; they come back after."""
    connection = connections[using]
    if plan and connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            for name in installed_names(connection):
                cursor.execute(f'DROP TRIGGER "{name}"')


def install_after_migrate(sender, using: str = DEFAULT_DB_ALIAS, **kwargs) -> None:
    """After each app's migrations: cheap, and the last one finds every table."""
    install(connections[using])


def check_installed(app_configs=None, databases=None, **kwargs) -> list[CheckWarning]:
    """System check `core.W001`: a protection of the list is not in the database.

    A warning, because `migrate` itself begins with the checks of the database and is what puts the protections there.
    """
    found = []
    for alias in databases or []:
        connection = connections[alias]
        missing = sorted(set(_wanted(connection)) - set(installed_names(connection)))
        found += [
            CheckWarning(f"The database does not protect {name}.", hint="Run manage.py migrate.", id="core.W001")
            for name in missing
        ]
    return found
