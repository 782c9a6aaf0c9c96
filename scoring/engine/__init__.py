"""The scoring engine: values in, values out, exact, standard library only.

The public contract (formats, rules, arithmetic, command line) is the engine's reference; what is exported here is
the Python door to it. Any change that can move a result raises `ENGINE_VERSION`.

What decides a point can be read in half an hour; follow one value: `model` (a set), `rules/base` and one kind such as
`rules/ratio` (points of a line), `answers` (what is accepted), `lines` (a line with its trace), `aggregate` and `totals`
(nodes, rescaling, bonus), `ranking`, `scoring` (all of it in order), `results` (the table). The rest serves these: files
and faults (`codec`, `records`, `tables`, `commands`), words (`saying`, `nodesaying`, `wording`), `formula`, `verifying`.
Beside them, each a part of its own: `batch` (the same meaning for whole columns), `stability`, `spreadsheet`.
"""

from .answers import check_fields
from .codec import canonical_bytes, identity, load_set, to_document
from .faults import Fault, Refused
from .lines import Line, recompute, score_line
from .model import Adjustment, CriteriaSet, Evidence, Grade, Input, Leaf, Node, Scoring
from .results import ResultRow, Results, UnitResult, write_results
from .rules.base import FieldSpec
from .scoring import score
from .tables import GroupEntry, natural_key, read_groups, read_values, write_groups, write_values
from .titles import Title
from .verifying import Verdict, verify
from .version import ENGINE_VERSION

__all__ = [
    "ENGINE_VERSION", "Adjustment", "CriteriaSet", "Evidence", "Fault", "FieldSpec", "Grade", "GroupEntry", "Input",
    "Leaf", "Line", "Node", "Refused", "ResultRow", "Results", "Scoring", "Title", "UnitResult", "Verdict", "canonical_bytes",
    "check_fields", "identity", "load_set", "natural_key", "read_groups", "read_values", "recompute", "score",
    "score_line", "to_document", "verify", "write_groups", "write_results", "write_values",
]  # fmt: skip
