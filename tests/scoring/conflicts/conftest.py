from tests.scoring.appraisal.conftest import appraising, explaining

__all__ = ["appraising", "explaining"]
