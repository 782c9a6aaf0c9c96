"""One table of codes."""

import pytest

from core import errors


def test_every_refusal_has_a_code_of_the_table_with_its_status():
    kinds = [kind for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, errors.DomainError)]
    assert {kind.code: kind.status for kind in kinds} == {kind.code: errors.CODES[kind.code][0] for kind in kinds}


def test_an_unknown_code_is_a_programming_error():
    with pytest.raises(ValueError, match="ERR-NO"):
        errors.Invalid("x", code="ERR-NO")
