"""The writer of evidence. `Store` is the interface; `FolderStore` keeps runs as folders under the state directory.

Everything is keyed by run id and asset, so that parts of one run made on several machines can be put together.
"""

from __future__ import annotations

import hashlib
import re
import secrets
import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Protocol

from xunwei.errors import EvidenceError, InputError, RefusedError
from xunwei.model import Answer, Asset, Json, Record
from xunwei.record import manifest
from xunwei.record.files import dumps, read_json, write_json

RUN_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
_UNSAFE = re.compile(r"[^A-Za-z0-9._-]")


class Store(Protocol):
    """What the flow needs of a place that keeps evidence. Another driver (object store, database) has these."""

    def open_run(self, run_id: str, header: Json) -> None: ...
    def put_answers(self, run_id: str, asset: Asset, answers: Iterable[Answer]) -> None: ...
    def put(self, run_id: str, name: str, data: Any) -> None: ...
    def seal(self, run_id: str) -> str: ...


def file_name(asset: str) -> str:
    """A folder name for an asset: its name, with a digest where characters had to be replaced."""
    safe = _UNSAFE.sub("_", asset)
    if safe == asset and not safe.startswith("."):
        return safe
    return f"{safe.lstrip('.')}~{hashlib.sha256(asset.encode()).hexdigest()[:8]}"


class FolderStore:
    """Runs as folders: `<root>/<run id>/…`."""

    def __init__(self, state: Path, root: Path | None = None) -> None:
        self.state = state
        self.root = root or state / "runs"

    def folder(self, run_id: str) -> Path:
        """The run's folder. Raises InputError for an id that is none."""
        if not RUN_ID.fullmatch(run_id):
            raise InputError(f"not a run id: {run_id[:80]!r}", hint="letters, digits, . _ - and at most 64 of them")
        return self.root / run_id

    def open_run(self, run_id: str, header: Json) -> None:
        """Begin a run. An unfinished one of the same id is continued, a sealed one is refused."""
        folder = self.folder(run_id)
        if manifest.is_sealed(folder):
            raise RefusedError(f"run {run_id} is finished and sealed", where=str(folder), hint="use another --run-id")
        (folder / "assets").mkdir(mode=0o700, parents=True, exist_ok=True)
        write_json(folder / "open.json", header)

    def header(self, run_id: str) -> Json:
        """What `open_run` wrote."""
        data: Json = read_json(self.folder(run_id) / "open.json")
        return data

    def put_answers(self, run_id: str, asset: Asset, answers: Iterable[Answer]) -> None:
        """Keep one asset's (already redacted) answers: the asset's folder appears whole or not at all."""
        parent = self.folder(run_id) / "assets"
        temporary = parent / f".{secrets.token_hex(6)}.tmp"
        try:
            (temporary / "raw").mkdir(mode=0o700, parents=True)
            rows = [_write_raw(temporary / "raw", answer) for answer in answers]
            (temporary / "answers.json").write_bytes(dumps({"asset": asset.as_json(), "answers": rows}))
            _replace_folder(temporary, parent / file_name(asset.name))
        finally:
            if temporary.exists():
                shutil.rmtree(temporary, ignore_errors=True)

    def put(self, run_id: str, name: str, data: Any) -> None:
        """Keep one JSON document of the run."""
        write_json(self.folder(run_id) / name, data)

    def put_record(self, run_id: str, asset: str, records: Iterable[Record]) -> None:
        """Keep an asset's records: answers with facts."""
        folder = self.folder(run_id) / "assets" / file_name(asset)
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        (folder / "record.json").write_bytes(dumps({"asset": asset, "sections": [r.as_json() for r in records]}))

    def seal(self, run_id: str) -> str:
        """Write and sign the manifest; returns the manifest's sha256. Leftovers of killed writers are removed first."""
        folder = self.folder(run_id)
        for left in (*folder.glob("assets/.*.tmp"), *folder.glob(".*.tmp")):
            shutil.rmtree(left, ignore_errors=True) if left.is_dir() else left.unlink(missing_ok=True)
        return manifest.seal(folder, self.state)

    def run_ids(self) -> list[str]:
        """Ids of all run folders, sealed or not."""
        return sorted(p.name for p in self.root.glob("*") if p.is_dir() and RUN_ID.fullmatch(p.name))


def read_answers(run: Path) -> Iterator[tuple[Asset, list[Answer]]]:
    """Every asset of a run folder with its answers, raw text included, in name order."""
    for folder in whole_assets(run):
        yield read_asset(folder)


def whole_assets(run: Path) -> list[Path]:
    """Asset folders that were written whole; what a killed writer left has a name that begins with a dot."""
    return sorted(p.parent for p in (run / "assets").glob("[!.]*/answers.json"))


def read_asset(folder: Path) -> tuple[Asset, list[Answer]]:
    """One asset's answers. Raises EvidenceError for a folder that is not whole."""
    data = read_json(folder / "answers.json")
    answers = []
    for row in data["answers"]:
        answer = Answer.from_json(row)
        path = folder / "raw" / f"{answer.section}.txt"
        if row.get("sha256"):
            try:
                answer.raw = path.read_bytes().decode("utf-8", "surrogateescape")
            except OSError as exc:
                raise EvidenceError(f"cannot be read: {exc.strerror}", where=str(path)) from None
        answers.append(answer)
    return Asset.from_json(data["asset"]), answers


def merge(parts: Iterable[Path], into: Path) -> list[str]:
    """Put the assets of other folders of the same run into this one; returns their names.

    Raises RefusedError when an asset is in two parts: which one counts is not ours to say.
    """
    taken: list[str] = []
    for part in parts:
        for folder in whole_assets(part):
            target = into / "assets" / folder.name
            if target.exists():
                raise RefusedError(f"asset {folder.name} is already in the run", where=str(part))
            temporary = target.with_name(f".{secrets.token_hex(6)}.tmp")
            shutil.copytree(folder, temporary)
            temporary.rename(target)
            taken.append(folder.name)
    return taken


def copy_collected(source: Path, target: Path) -> None:
    """What a run collected, without what was concluded from it, into a folder that must not exist yet."""
    target.mkdir(mode=0o700, parents=True, exist_ok=True)
    shutil.copytree(source / "assets", target / "assets", ignore=shutil.ignore_patterns("record.json", ".*.tmp"))
    for name in ("open.json", "expected.json", "earlier.json"):
        if name != "earlier.json" or (source / name).is_file():  # runs before 0.2 have none
            shutil.copy2(source / name, target / name)


def _write_raw(folder: Path, answer: Answer) -> Json:
    row = answer.as_json()
    raw = row.pop("raw").encode("utf-8", "surrogateescape")
    row["lines"] = raw.count(b"\n") + (1 if raw and not raw.endswith(b"\n") else 0)
    row["sha256"] = ""
    if raw:
        # Plain file calls: a host has some 75 of these, and pathlib would cost more than the writing does.
        with open(f"{folder}/{answer.section}.txt", "wb") as stream:  # noqa: PTH123
            stream.write(raw)
        row["sha256"] = hashlib.sha256(raw).hexdigest()
    return row


def _replace_folder(source: Path, target: Path) -> None:
    if target.exists():
        old = target.with_name(f".{secrets.token_hex(6)}.tmp")
        target.rename(old)
        source.rename(target)
        shutil.rmtree(old, ignore_errors=True)
    else:
        source.rename(target)
