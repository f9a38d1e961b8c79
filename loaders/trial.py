"""One report looked at before it is loaded: a warehouse of its own, made in a folder that the caller throws away."""

from pathlib import Path

from loaders.form import all_forms
from loaders.problems import UnreadableFile
from loaders.workers import load_in_workers
from warehouse.model import batch_of
from warehouse.store import Warehouse, open_warehouse
from warehouse.versions.publish import publish


def trial(path: Path, folder: Path) -> tuple[Warehouse, str]:
    """A warehouse in `folder` with the report at `path` alone, and the report's id; raises the file's problem."""
    file = load_in_workers([path])[0]
    if file.report is None:
        raise file.problem or UnreadableFile(path.name, "tệp không đọc được", "một báo cáo", "kiểm tra tệp")
    publish(folder, batch_of([file.report]), all_forms(), action="check")
    return open_warehouse(folder), file.report.report_id
