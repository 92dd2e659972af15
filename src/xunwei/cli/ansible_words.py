"""Ansible's own errors as one line: what, and where when it says so."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from pathlib import Path

_INVENTORY = re.compile(r"Failed to parse inventory with '(?:yaml|ini)' plugin: (?P<what>.+)")
_ERROR = re.compile(r"(?:\[ERROR\]: |^ERROR! )(?P<what>.+)", re.MULTILINE)
# Ansible folds long lines at the terminal's width, paths included.
_ORIGIN = re.compile(r"^Origin:\s(?P<where>/[^<>|]{1,600}?:\d+(?::\d+)?)\s*$", re.MULTILINE)
_TERMINAL = re.compile(r"\x1b\[[0-9;]*[A-Za-z]|\r")
_VAULT_HEAD = b"$ANSIBLE_VAULT"
FILES = 2000


def error_of(output: str, inventories: Iterable[Path] = ()) -> str:
    """The error in Ansible's output as one line, '' when there is none."""
    output = _TERMINAL.sub("", output)
    found = next((m for m in _INVENTORY.finditer(output) if "unexpected plugin" not in m["what"]), None)
    found = found or _ERROR.search(output)
    if found is None:
        return ""
    what = found["what"].strip()
    # Of several plugins that tried, only the first says in which line.
    origin = _ORIGIN.search(output)
    where = re.sub(r"\s*\n", "", origin["where"]) if origin else ""
    if not where and ("decrypt" in what.lower() or "vault" in what.lower()):
        where = ", ".join(str(p) for p in vaulted(inventories))
    return f"{where}: {what}"[:600] if where else what[:600]


def vaulted(inventories: Iterable[Path]) -> list[Path]:
    """Vault-encrypted files of these inventories (Ansible does not say which one it could not open)."""
    found: list[Path] = []
    for inventory in inventories:
        base = inventory if inventory.is_dir() else inventory.parent
        names = [inventory] if inventory.is_file() else []
        for part in (base / "group_vars", base / "host_vars", *([inventory] if inventory.is_dir() else [])):
            names += [Path(d) / f for d, _, files in os.walk(part) for f in sorted(files)][:FILES]
        found += [p for p in dict.fromkeys(names) if _is_vaulted(p)]
    return list(dict.fromkeys(found))[:3]


def _is_vaulted(path: Path) -> bool:
    try:
        with path.open("rb") as stream:
            head = stream.read(1 << 16)
    except OSError:
        return False
    return head.startswith(_VAULT_HEAD) or b"!vault" in head
