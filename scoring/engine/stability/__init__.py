"""How far a ranking can be trusted: scores drawn again and again with what is uncertain moved a little.

Three causes move: the weights, lines whose claim was corrected, and what two appraisers of a line differ by. Each draw
is reckoned and ranked as the set says, but without its tie-break steps; the published result is never changed. Equal
inputs and options give equal bytes, however many draws are held in memory at a time.

What is exported here needs only the standard library; `study` loads numpy when it is called.
"""

from .choices import CAUSES, LEVELS, Options
from .gaps import read_gaps
from .report import Study, UnitStability, write_facts, write_study
from .saying import unit_sentence

__all__ = [
    "CAUSES", "LEVELS", "Options", "Study", "UnitStability", "read_gaps", "study", "unit_sentence", "write_facts",
    "write_study",
]  # fmt: skip


def study(criteria_set, results, *, claimed=None, gaps=None, options=None) -> Study:
    """The stability of `results` (of `engine.score`).

    `claimed`: results of the same set, units and groups scored from what the units declared. `gaps`: criterion →
    mean absolute difference in points between two appraisers of the line. Without them those causes do not move.
    `Refused` where numpy is not installed or the set is of a kind that is not drawn.
    """
    from .available import need_numpy  # noqa: PLC0415 - kept beside what it guards

    need_numpy()
    from .studying import run_study  # noqa: PLC0415 - loads numpy

    return run_study(criteria_set, results, claimed, gaps or {}, options or Options())
