"""The published files of the demo, as anybody could download them."""

from pathlib import Path

from scoring.models import RankingRun
from scoring.ranking.exports import bundle_files
from scoring.ranking.exports.workbook import workbook


def write_files(folder: Path) -> list[str]:
    """Write the files of every published ranking into `folder`; their names."""
    written = []
    for run in RankingRun.objects.published().select_related("cycle", "group", "criteria_set"):
        files = bundle_files(run) | {f"ranking-{run.group.code}-{run.cycle.year}.xlsx": workbook(run)}
        for name, data in files.items():
            (folder / name).write_bytes(data)
            written.append(name)
    return written
