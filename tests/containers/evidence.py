"""Read what an inspection has kept, the way somebody without this software would: files, digests, the signature."""

from __future__ import annotations

import hashlib
import json
import subprocess
import zipfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

Json = dict[str, Any]


@dataclass(frozen=True)
class Run:
    """One run folder."""

    folder: Path

    @property
    def name(self) -> str:
        return self.folder.name

    def about(self) -> Json:
        """The run's own description."""
        found: Json = json.loads((self.folder / "run.json").read_text(encoding="utf-8"))
        return found

    def sections(self, asset: str) -> dict[str, Json]:
        """Records of one asset by section."""
        data = json.loads((self.folder / "assets" / asset / "record.json").read_text(encoding="utf-8"))
        return {row["section"]: row for row in data["sections"]}

    def statuses(self, asset: str) -> Counter[str]:
        """How many sections of one asset have each status."""
        return Counter(row["status"] for row in self.sections(asset).values())

    def verdicts(self, asset: str) -> dict[str, Json]:
        """Judgements of one asset by rule."""
        rows = json.loads((self.folder / "verdicts.json").read_text(encoding="utf-8"))
        return {row["rule"]: row for row in rows if row["asset"] == asset}

    def assets(self) -> set[str]:
        """Names of all assets of the run."""
        return {row["name"] for row in json.loads((self.folder / "assets.json").read_text(encoding="utf-8"))}

    def unsealed(self) -> list[str]:
        """Files that are missing, altered, or not in SHA256SUMS (those made later, in `reports`, have their own)."""
        lines = (self.folder / "SHA256SUMS").read_text(encoding="utf-8").splitlines()
        listed = {line[66:]: line[:64] for line in lines}
        found = {
            str(path.relative_to(self.folder)): hashlib.sha256(path.read_bytes()).hexdigest()
            for path in self.folder.rglob("*")
            if path.is_file() and not path.name.startswith("SHA256SUMS") and "reports" not in path.parts
        }
        return sorted(name for name in {*listed, *found} if listed.get(name) != found.get(name))

    def signature_problem(self, keys: Path) -> str:
        """What ssh-keygen says against the signature; '' when it is good."""
        signers = (keys / "allowed_signers").read_text(encoding="utf-8").split()
        namespace = next(word for word in signers if word.startswith("namespaces=")).split('"')[1]
        command = ["ssh-keygen", "-Y", "verify", "-f", str(keys / "allowed_signers"), "-I", signers[0], "-n", namespace]
        command += ["-s", str(self.folder / "SHA256SUMS.sig")]
        sums = (self.folder / "SHA256SUMS").read_bytes()
        done = subprocess.run(command, input=sums, capture_output=True, check=False)
        return "" if done.returncode == 0 else (done.stderr or done.stdout).decode()


def runs(state: Path) -> list[Run]:
    """All runs, oldest first."""
    return [Run(folder) for folder in sorted((state / "runs").iterdir()) if (folder / "run.json").exists()]


def where_kept(state: Path, words: list[str]) -> list[str]:
    """Files under the state directory that hold one of the words, also inside docx and xlsx. Own keys are left out."""
    wanted = [word.encode() for word in words]
    return sorted({name for name, content in contents(state) if any(word in content for word in wanted)})


def contents(state: Path) -> Iterator[tuple[str, bytes]]:
    """Every kept file and every member of a kept archive."""
    for path in state.rglob("*"):
        if not path.is_file() or "keys" in path.relative_to(state).parts:
            continue
        name = str(path.relative_to(state))
        yield name, path.read_bytes()
        if zipfile.is_zipfile(path):
            with zipfile.ZipFile(path) as archive:
                yield from ((f"{name}!{member}", archive.read(member)) for member in archive.namelist())
