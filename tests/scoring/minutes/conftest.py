"""Years with something to write down."""

from tests.scoring.marking.conftest import doubled

__all__ = ["doubled"]
