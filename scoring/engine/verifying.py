"""Does a published table of results agree with what its set, values and groups give? Byte for byte.

Results that differ are told by unit and column, the published value beside the recomputed one. A file that is no table
of results is `Refused`, like any input that cannot be read.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

from .checks import RESULT_COLUMNS
from .codec import identity, load_set
from .csvtext import read_rows
from .differences import Difference, differences
from .faults import Fault, Refused, quoted
from .jsontext import parse_json
from .model import CriteriaSet
from .results import write_results
from .scoring import score
from .tables import GroupEntry
from .version import ENGINE_VERSION

MOST_SHOWN = 20
SNAPSHOT_FORMAT = "sonla-awards/ranking@1"


@dataclass(frozen=True)
class Verdict:
    """What comparing `published` with `recomputed` (two results tables) shows; true where they are the same bytes."""

    criteria_set: CriteriaSet
    units: int
    published: bytes = field(repr=False)
    recomputed: bytes = field(repr=False)
    place: str = "results"

    def __bool__(self) -> bool:
        return self.published == self.recomputed

    @cached_property
    def differences(self) -> tuple[Difference, ...]:
        """In the order of the published file; empty where the bytes are the same."""
        return () if self else tuple(differences(self.published, self.recomputed, self.place))

    def sentences(self, lang: str) -> list[str]:
        """The verdict for an official: one sentence of agreement, or the first differences and how many more."""
        one = self.criteria_set
        if self:
            vi = f"Khớp: tính lại {self.units} đơn vị, giống hệt bảng kết quả đã công bố đến từng byte."
            en = f"They agree: {self.units} units recomputed, the same as the published results byte for byte."
            known_vi = f"Bộ tiêu chí {one.code} {one.year}, SHA-256 {identity(one)}; bộ tính điểm {ENGINE_VERSION}."
            known_en = f"Criteria set {one.code} {one.year}, SHA-256 {identity(one)}; engine {ENGINE_VERSION}."
            return [f"{en} {known_en}" if lang == "en" else f"{vi} {known_vi}"]
        shown = [difference.sentence(lang) for difference in self.differences[:MOST_SHOWN]]
        more = len(self.differences) - len(shown)
        if more:
            shown.append(f"… and {more} more differences." if lang == "en" else f"… và {more} chỗ khác nữa.")
        total = len(self.differences)
        vi = f"Không khớp: bảng kết quả đã công bố khác kết quả tính lại ở {total} chỗ."
        en = f"They do not agree: the published results differ from the recomputed ones in {total} places."
        return [*shown, en if lang == "en" else vi]


def verify(
    criteria_set: CriteriaSet,
    values: Mapping[str, Mapping[str, Mapping[str, str]]],
    groups: Mapping[str, GroupEntry] | None,
    published: bytes,
    *,
    place: str = "results",
) -> Verdict:
    """Recompute and compare; `Refused` where the input does not score or `published` is no table of results."""
    _check_table(published, place)
    results = score(criteria_set, values, groups)
    return Verdict(criteria_set, len(results.rows), published, write_results(results), place)


@dataclass(frozen=True)
class Snapshot:
    """The frozen record of a published ranking, as far as recomputing it needs; `sha256` is that of the file."""

    sha256: str
    engine_version: str
    verdict: Verdict

    def sentences(self, lang: str) -> list[str]:
        vi = f"SHA-256 của bản ghi: {self.sha256}; so với mã ở trang công bố và ở chân bảng xếp hạng."
        en = f"SHA-256 of the record: {self.sha256}; compare it with the public page and the foot of the table."
        said = [*self.verdict.sentences(lang), en if lang == "en" else vi]
        if not self.verdict and self.engine_version != ENGINE_VERSION:
            mine, its = ENGINE_VERSION, quoted(self.engine_version)
            vi = f"Bản ghi do bộ tính điểm {its} lập, bản đang dùng là {mine}; hãy kiểm lại bằng bộ tính điểm {its}."
            en = f"The record was made by engine {its}, this is {mine}; verify again with engine {its}."
            said.append(en if lang == "en" else vi)
        return said


def verify_snapshot(data: bytes, *, place: str = "snapshot") -> Snapshot:
    """Recompute a ranking from its own record and compare with the results that the record holds."""
    document = parse_json(data, place)
    if not isinstance(document, dict) or document.get("format") != SNAPSHOT_FORMAT:
        vi = f"Tệp này không phải bản ghi xếp hạng ({SNAPSHOT_FORMAT}); hãy dùng tệp snapshot đã công bố."
        en = f"This is no record of a ranking ({SNAPSHOT_FORMAT}); use the published snapshot file."
        raise Refused([Fault(f"{place}:1:1", en, vi)])
    try:
        criteria_set = load_set(json.dumps(document["criteria_set"]), place=f"{place}:/criteria_set")
        values = _texts(document["values"])
        groups = {unit: _entry(*entry) for unit, entry in document["groups"].items()}
        published, engine_version = document["results_csv"].encode(), str(document["engine_version"])
    except (KeyError, TypeError, ValueError, AttributeError):
        vi = "Bản ghi thiếu hoặc sai phần bộ tiêu chí, giá trị, khối hay kết quả; hãy lấy lại tệp đã công bố."
        en = "The record lacks its set, values, groups or results, or they are damaged; get the published file again."
        raise Refused([Fault(f"{place}:1:1", en, vi)]) from None
    try:
        verdict = verify(criteria_set, values, groups, published, place=f"{place}:/results_csv")
    except Refused as refused:
        named = [fault if fault.place.startswith(place) else _in_record(fault, place) for fault in refused.faults]
        raise Refused(named) from None
    return Snapshot(hashlib.sha256(data).hexdigest(), engine_version, verdict)


def _texts(values) -> dict[str, dict[str, dict[str, str]]]:
    """The record's values as plain text all through; TypeError where they are anything else."""
    for criteria in values.values():
        for fields in criteria.values():
            if not all(isinstance(text, str) for text in fields.values()):
                raise TypeError("a value that is no text")
    return values


def _entry(group: str, submitted_at: str) -> GroupEntry:
    if not (isinstance(group, str) and isinstance(submitted_at, str)):
        raise TypeError("a group or an instant that is no text")
    return GroupEntry(group, submitted_at)


def _in_record(fault: Fault, place: str) -> Fault:
    return replace(fault, place=f"{place}:/values/{fault.place}")


def _check_table(data: bytes, place: str) -> None:
    first = next(iter(read_rows(data, place)), [])
    if [cell.text for cell in first[: len(RESULT_COLUMNS)]] != list(RESULT_COLUMNS):
        wanted = ",".join(RESULT_COLUMNS)
        vi = f"Đây không phải bảng kết quả: dòng đầu phải bắt đầu bằng {wanted}."
        raise Refused([Fault(f"{place}:1:1", f"This is no table of results: it must begin with {wanted}.", vi)])
