"""The appraisal under way."""

from tests.scoring.appraisal.conftest import appraising

__all__ = ["appraising"]
