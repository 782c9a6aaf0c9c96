"""How every act on one self-assessment takes its locks."""

from core import locks
from scoring.models import Assessment, Cycle


def held(assessment: Assessment) -> tuple[Cycle, Assessment]:
    """The fixed order: cycle shared, then the assessment for change; both as they stand now."""
    cycle = locks.shared(Cycle, assessment.cycle_id)
    assessment = locks.exclusive(Assessment, assessment.pk)
    assessment.cycle = cycle
    return cycle, assessment
