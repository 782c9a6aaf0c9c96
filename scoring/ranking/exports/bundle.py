"""What it takes to recompute a ranking: criteria set, values, groups, results, and a note that says how."""

import io
import zipfile
from pathlib import Path

from scoring import engine
from scoring.models import RankingRun
from scoring.ranking.reading import Reading, read_run

_EPOCH = (1980, 1, 1, 0, 0, 0)
_ENGINE = Path(engine.__file__).parent

README = """\
{title}
Quyết định / decision: {decision}
Lần tính / run: {number} · bộ tính điểm / engine {engine_version}
SHA-256: {sha256}

TÍNH LẠI (cần Python 3.11 trở lên, không cần cài thêm gì). Giải nén, mở cửa sổ lệnh trong thư mục này rồi chạy:

    python -m scoring.engine verify criteria-set-{tag}.json values-{tag}.csv results-{tag}.csv --groups groups-{tag}.csv

Lệnh tính lại và so với results-{tag}.csv từng byte một; khác ở đâu thì nêu đơn vị và cột ở đó. Muốn tự so thì ghi kết quả ra
tệp khác; tệp check.csv phải giống hệt results-{tag}.csv:

    python -m scoring.engine score criteria-set-{tag}.json values-{tag}.csv --groups groups-{tag}.csv --out check.csv

Muốn xem cách tính từng tiêu chí của một đơn vị:

    python -m scoring.engine explain criteria-set-{tag}.json values-{tag}.csv MÃ_ĐƠN_VỊ --groups groups-{tag}.csv

snapshot-{tag}.json là bản ghi đã chốt; mã SHA-256 của tệp này phải là mã ghi ở trên, trên trang công bố và ở chân bảng
xếp hạng. Thư mục scoring/engine là mã nguồn của bộ tính điểm; có thể lấy bản khác từ kho mã nguồn của dự án để đối chiếu.

RECOMPUTE (Python 3.11 or later, nothing else). Unpack, open a terminal in this folder and run the first command above
(add --lang en): it recomputes, compares with results-{tag}.csv byte for byte and names the unit and column of any
difference. The second writes the results to check.csv; the third explains every criterion of one unit. The file
snapshot-{tag}.json is the frozen record: its SHA-256 must be the one given above, on the public page and in
the foot of the printed table. scoring/engine holds the source of the engine.
"""


def tag(run: RankingRun) -> str:
    return f"{run.group.code}-{run.cycle.year}"


def bundle_files(run: RankingRun) -> dict[str, bytes]:
    """The four files `python -m scoring.engine score` needs and gives, by name. All of them from the snapshot."""
    opened, name = read_run(run).opened, tag(run)
    return {
        f"criteria-set-{name}.json": engine.canonical_bytes(opened.criteria_set),
        f"values-{name}.csv": engine.write_values(opened.values),
        f"groups-{name}.csv": engine.write_groups(opened.groups),
        f"results-{name}.csv": opened.results_csv,
    }


def snapshot_file(run: RankingRun) -> bytes:
    """The frozen record itself: its SHA-256 is the run's."""
    read_run(run)  # refuses a record that does not prove itself
    return RankingRun.objects.values_list("snapshot", flat=True).get(pk=run.pk).encode()


def bundle_zip(run: RankingRun) -> bytes:
    """The four files, the snapshot, the engine's source and the note, as one archive: the same bytes every time."""
    files = bundle_files(run) | {f"snapshot-{tag(run)}.json": snapshot_file(run)}
    files["README.txt"] = _readme(run, read_run(run)).encode()
    files["scoring/__init__.py"] = b""
    for path in sorted(_ENGINE.rglob("*.py")):
        files[f"scoring/engine/{path.relative_to(_ENGINE).as_posix()}"] = path.read_bytes()
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in files.items():
            archive.writestr(zipfile.ZipInfo(name, _EPOCH), data, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _readme(run: RankingRun, reading: Reading) -> str:
    decision = f"{run.decision_number}, {run.decision_on:%d/%m/%Y}" if run.decision_on else "–"
    return README.format(
        title=f"{reading.criteria_set.title.vi} · {reading.opened.group_name}",
        decision=decision,
        number=run.number,
        engine_version=run.engine_version,
        sha256=run.sha256,
        tag=tag(run),
    )
