"""SQLite whose writers stand in a queue.

SQLite lets a writer that finds another one try again and again, up to 100 ms apart: with dozens of writers the file is
free most of the time, and the unlucky never find it so ("database is locked"). Here whoever begins a transaction first
waits for a lock file beside the database, which the kernel hands on the moment it is free; a process that dies gives
it back.
"""

import fcntl
import os

from django.db.backends.sqlite3 import base


class DatabaseWrapper(base.DatabaseWrapper):
    _turn: int | None = None  # the open lock file while a transaction runs

    def _start_transaction_under_autocommit(self) -> None:
        try:
            if not self.is_in_memory_db():
                self._turn = os.open(f"{self.settings_dict['NAME']}-turn", os.O_RDWR | os.O_CREAT, 0o600)
                fcntl.flock(self._turn, fcntl.LOCK_EX)
            super()._start_transaction_under_autocommit()
        except BaseException:
            self._give_turn_back()
            raise

    def _commit(self) -> None:
        super()._commit()
        self._give_turn_back()

    def _rollback(self) -> None:
        try:
            super()._rollback()
        finally:
            self._give_turn_back()

    def _close(self) -> None:
        try:
            super()._close()
        finally:
            self._give_turn_back()

    def _give_turn_back(self) -> None:
        if self._turn is not None:
            os.close(self._turn)
            self._turn = None
