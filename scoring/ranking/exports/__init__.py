"""The files of a run, without a web request: what anybody downloads, and what the demo writes."""

from scoring.ranking.exports.bundle import bundle_files, bundle_zip, snapshot_file
from scoring.ranking.exports.workbook import workbook

__all__ = ["bundle_files", "bundle_zip", "snapshot_file", "workbook"]
