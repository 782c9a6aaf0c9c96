"""What several tests start from is made once a module; each test has its own copy and undoes its own changes."""

import copy
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from django.db import transaction

Made = TypeVar("Made")


@contextmanager
def made_once(blocker, make: Callable[[], Made]) -> Iterator[Callable[[], Made]]:
    """`make()` within a transaction around the tests of a module; gives a function for one test's own objects.

    `blocker` is pytest-django's. What a test writes is a savepoint inside.
    """
    block = transaction.atomic()
    block._from_testcase = True  # the outermost doors are durable; this block is the tests', not the product's
    with blocker.unblock():
        block.__enter__()
        try:
            made = make()
        except BaseException:
            transaction.set_rollback(True)
            block.__exit__(None, None, None)
            raise
    yield lambda: copy.deepcopy(made)
    with blocker.unblock():
        transaction.set_rollback(True)
        block.__exit__(None, None, None)
