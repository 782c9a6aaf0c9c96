"""One row of the table of rights."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from tests.factories.year import Year


def nothing(year: Year) -> dict[str, Any]:
    return {}


@dataclass(frozen=True)
class Row:
    """`expect` gives the HTTP status per person (keys of `Year.people`, or "visitor"); everyone else gets `otherwise`.

    Not signed in means 302 to the sign-in page unless `expect` names "visitor". `stage` is where the year stands:
    filing (unit 0 filled in), prepared, appraisal, explanation (unit 1's B.3 was corrected in the appraisal), published.
    With `json` the data are sent as programs send them. `kwargs`, `data` and `headers` are made from the year when the
    row is tried. What one person changes is rolled back before the next.
    """

    url_name: str
    method: str = "GET"
    stage: str = "filing"
    expect: Mapping[str, int] = field(default_factory=dict)
    otherwise: int = 404
    kwargs: Callable[[Year], dict[str, Any]] = nothing
    data: Callable[[Year], dict[str, Any]] = nothing
    json: bool = False
    headers: Callable[[Year], dict[str, str]] = nothing
