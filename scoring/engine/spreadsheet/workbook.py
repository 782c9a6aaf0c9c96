"""From results to the bytes of a workbook: first everything that stands against it, then sheet by sheet."""

from collections.abc import Mapping

from ..faults import Refused
from ..results import Results
from ..tables import GroupEntry
from .closeness import Closeness, precision_of
from .container import workbook_bytes
from .inputs import inputs_sheet
from .layout import Layout, Precision
from .limits import check_figures, check_formula, check_sizes, check_submissions
from .lines import LineCells, points_formula, points_sheet, work_formula, work_sheet
from .marks import marks_in
from .nodes import Nodes
from .parameters import Parameters
from .readme import readme_sheet
from .refusals import Finder
from .results import ResultsSheet


def workbook(
    results: Results,
    values: Mapping,
    groups: Mapping[str, GroupEntry] | None = None,
    *,
    lang: str = "vi",
    set_place: str = "set",
) -> bytes:
    """The .xlsx of a run; `values` and `groups` as they were scored. Equal runs give equal bytes."""
    finder = Finder(results.criteria_set, values, groups, set_place)
    precision = _checked(results, finder)
    layout = Layout(results, groups, marks_in(lang), precision)
    parameters = Parameters(results.criteria_set, layout.marks)
    nodes = Nodes(layout, parameters)
    check_sizes(layout, finder)
    check_submissions(layout, finder)
    _check_formulas(layout, parameters, nodes, finder)
    _refuse(finder)
    outcome = ResultsSheet(layout, parameters, nodes)
    sheets = [
        readme_sheet(layout, outcome.differences()), parameters.sheet(), inputs_sheet(layout),
        work_sheet(layout, parameters), points_sheet(layout, parameters), nodes.sheet(), outcome.sheet(),
    ]  # fmt: skip
    return workbook_bytes(sheets, precision.places)


def _checked(results: Results, finder: Finder) -> Precision:
    if not results.rows:
        finder.of_file("Không có đơn vị nào để xuất.", "There is no unit to export.")
        _refuse(finder)
    check_figures(results, finder)
    precision = precision_of(results, finder)
    _refuse(finder)
    Closeness(results, precision, finder).check()
    return precision


def _check_formulas(layout: Layout, parameters: Parameters, nodes: Nodes, finder: Finder) -> None:
    for leaf in layout.criteria_set.lines:
        check_formula(leaf.code, work_formula(LineCells(leaf, layout.blocks[-1], layout, parameters)), finder)
        check_formula(leaf.code, points_formula(leaf, layout, parameters), finder)
    for column in nodes.columns:
        check_formula(column.node.code, column.formula, finder)
        check_formula(column.node.code, nodes.full_formula(column.node), finder)


def _refuse(finder: Finder) -> None:
    if finder.faults:
        raise Refused(finder.faults)
