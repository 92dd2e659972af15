"""Bring the parts of one run together: slices of a scheduler's job, or machines that each see a part of the estate."""

from __future__ import annotations

from pathlib import Path

from xunwei.errors import InputError, RefusedError
from xunwei.flow.conclude import conclude
from xunwei.model import Json
from xunwei.record import manifest
from xunwei.record.files import read_json
from xunwei.record.store import FolderStore, merge


def merge_parts(state: Path, run_id: str, parts: list[Path]) -> Json:
    """Merge part folders of run `run_id` into this state directory's folder of it, and conclude; returns run.json.

    The run need not exist here yet. Raises InputError for a folder that is no part of this run, RefusedError when the
    run is sealed already or an asset is in two parts.
    """
    store = FolderStore(state)
    folder = store.folder(run_id)
    headers = [(part, _header(part, run_id)) for part in parts]
    if manifest.is_sealed(folder):
        raise RefusedError(f"run {run_id} is finished and sealed", where=str(folder))
    if not (folder / "open.json").is_file():
        store.open_run(run_id, headers[0][1])
        store.put(run_id, "expected.json", [])
    expected = {row["name"]: row for row in read_json(folder / "expected.json")}
    for part, _ in headers:
        for row in read_json(part / "expected.json"):
            expected.setdefault(row["name"], row)
    merge(parts, folder)
    store.put(run_id, "expected.json", [expected[name] for name in sorted(expected)])
    return conclude(state, run_id)


def _header(part: Path, run_id: str) -> Json:
    if not (part / "open.json").is_file():
        raise InputError("is not a part of a run", where=str(part))
    header: Json = read_json(part / "open.json")
    if header["run_id"] != run_id:
        raise InputError(f"is a part of run {header['run_id']}, not of {run_id}", where=str(part))
    return header
