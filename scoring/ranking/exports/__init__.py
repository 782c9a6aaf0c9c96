"""The files of a run, without a web request: what anybody downloads, and what the demo writes (`workbook` for Excel)."""

from scoring.ranking.exports.bundle import bundle_files, bundle_zip, snapshot_file

__all__ = ["bundle_files", "bundle_zip", "snapshot_file"]
