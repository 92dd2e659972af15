"""Reads a sealed run folder: every file against SHA256SUMS, nothing outside it."""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from xunwei.errors import EvidenceError, InputError
from xunwei.render.text import clean, clean_all, needs_cleaning

SUMS = "SHA256SUMS"
_SUM = re.compile(r"([0-9a-f]{64}) [ *](.+)")
Json = dict[str, Any]


class Folder:
    """A run folder and the sums it was sealed with."""

    def __init__(self, path: Path) -> None:
        self.path = path
        if not (path / "run.json").is_file():
            raise InputError("not a run folder: no run.json in it", where=str(path))
        if not (path / SUMS).is_file():
            raise InputError(f"the run is not sealed: no {SUMS} in it", where=str(path))
        sealed = (path / SUMS).read_bytes()
        self.digest = hashlib.sha256(sealed).hexdigest()
        self.homes: dict[str, str] = {}  # asset: its folder
        self.sums: dict[str, str] = {}
        for line in sealed.decode("utf-8", "replace").splitlines():
            match = _SUM.fullmatch(line)
            if match is None:
                raise InputError(f"not a line of sha256sum: {line[:60]!r}", where=str(path / SUMS))
            self.sums[match.group(2).removeprefix("./")] = match.group(1)

    def sealed(self, name: str) -> bytes:
        """The file `name`. Raises InputError when it cannot be read, EvidenceError when it is not what was sealed."""
        file = self.path / name
        try:
            body = file.read_bytes()
        except OSError as error:
            raise InputError(f"cannot be read: {error.strerror}", where=str(file)) from None
        if name not in self.sums:
            raise EvidenceError(f"not listed in {SUMS}", where=str(file))
        if hashlib.sha256(body).hexdigest() != self.sums[name]:
            raise EvidenceError(
                f"differs from what {SUMS} says", where=str(file), hint="altered since the run was sealed"
            )
        return body

    def json(self, name: str, kind: type) -> Any:
        """The JSON file `name`, an object (`dict`) or a list.

        Raises InputError when it is missing or not of that kind, EvidenceError when it is not what was sealed.
        """
        file, body = self.path / name, self.sealed(name)
        try:
            source = body.decode("utf-8")
            data = json.loads(source)
        except ValueError as error:
            raise InputError(f"not JSON: {error}", where=str(file)) from None
        if not isinstance(data, kind):
            raise InputError(f"holds a {type(data).__name__}, expected a {kind.__name__}", where=str(file))
        return clean_all(data) if needs_cleaning(source) else data

    def raw_path(self, asset: str, section: str) -> str:
        """Where the raw answer of a section lies in the run folder; "" when none was kept."""
        name = f"{self.homes.get(asset, '')}/raw/{section}.txt"
        return name if name in self.sums else ""

    def raw(self, path: str) -> str:
        """A raw answer. Raises EvidenceError when it is not what was sealed."""
        return clean(self.sealed(path).decode("utf-8", "backslashreplace"))

    def records(self, assets: list[Json]) -> dict[str, list[Json]]:
        """The section records of each asset; none for one that was never asked (unreachable, manual).

        Folder names are not asset names (odd characters are replaced), so the record itself says whose it is.
        Raises EvidenceError when a collected asset has no record.
        """
        found: dict[str, list[Json]] = {str(asset["name"]): [] for asset in assets}
        seen = set()
        for name in sorted(n for n in self.sums if n.startswith("assets/") and n.endswith("/record.json")):
            data = self.json(name, dict)
            owner = str(data.get("asset", ""))
            if owner in found:
                found[owner] = list(data.get("sections") or [])
                self.homes[owner] = name.removesuffix("/record.json")
                seen.add(owner)
        for asset in assets:
            if asset["name"] not in seen and asset.get("state") in ("complete", "partial"):
                raise EvidenceError(f"{asset['name']} was collected but has no record", where=str(self.path))
        return found


@dataclass(frozen=True)
class Run:
    """The files of a run as they are, cleaned of control characters. `digest` is the sha256 of SHA256SUMS."""

    path: Path
    digest: str
    files: int
    run: Json
    assets: list[Json]
    rules: dict[str, Json]
    sections: dict[str, Json]
    verdicts: list[Json]
    findings: list[Json]
    waivers: list[Json]
    history: list[Json]
    records: dict[str, list[Json]]
    folder: Folder


def read(path: Path) -> Run:
    """The run in folder `path`.

    Raises InputError for a folder that is not a sealed run, EvidenceError when a file differs from its sum.
    """
    folder = Folder(path)
    run = folder.json("run.json", dict)
    for key in ("run_id", "started", "finished"):
        if not isinstance(run.get(key), str) or not run[key]:
            raise InputError(f"{key} is missing", where=str(path / "run.json"))
    assets = folder.json("assets.json", list)
    names = [str(asset.get("name", "")) for asset in assets]
    for name in names:
        if not name:
            raise InputError("an asset has no name", where=str(path / "assets.json"))
    known = set(names)
    if len(known) != len(names):
        raise InputError("an asset is listed twice", where=str(path / "assets.json"))
    rules, verdicts = folder.json("rules.json", dict), folder.json("verdicts.json", list)
    for row in verdicts:
        if row.get("asset") not in known or row.get("rule") not in rules:
            what = f"verdict of unknown asset or rule: {row.get('asset')!r} {row.get('rule')!r}"
            raise InputError(what, where=str(path / "verdicts.json"))
    return Run(
        path=path, folder=folder, digest=folder.digest, files=len(folder.sums), run=run, assets=assets, rules=rules,
        sections=folder.json("sections.json", dict), verdicts=verdicts, findings=folder.json("findings.json", list),
        waivers=folder.json("waivers.json", list), history=folder.json("history.json", list),
        records=folder.records(assets),
    )  # fmt: skip
