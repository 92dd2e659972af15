"""Open a run: check everything that can be checked before an asset is touched, take the lock, write the header."""

from __future__ import annotations

import datetime as dt
import getpass
import os
import secrets
import socket
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from xunwei import __version__, inventory
from xunwei.dates import DEFAULT_ZONE, epoch, iso
from xunwei.model import Asset, Json
from xunwei.record.lock import Lock, process_start
from xunwei.record.store import FolderStore
from xunwei.settings import ledger_url

ROOT = Path(__file__).resolve().parents[3]


def new_run_id(now: float | None = None) -> str:
    """A run id that sorts by time: 20261125T020304Z-1a2b."""
    moment = dt.datetime.fromtimestamp(time.time() if now is None else now, dt.UTC)
    return f"{moment:%Y%m%dT%H%M%SZ}-{secrets.token_hex(2)}"


def open_run(state: Path, assets: list[Asset], settings: Mapping[str, Any], *, pid: int | None = None) -> Json:
    """Begin a run; returns its header (also written as open.json).

    `settings`: run_id (optional), inventory, target, gate, gate_coverage, waivers, organisation, lang, kind. `pid` is
    the process that holds the lock. Raises InputError, RefusedError.
    """
    from xunwei.flow.conclude import (
        recover,  # SQLAlchemy is slow to import, and Ansible imports this file before it forks
    )
    from xunwei.ledger import Ledger

    inventory.check_gate(settings["gate"], settings["gate_coverage"])
    waivers = inventory.check_waivers(settings.get("waivers") or [])
    store = FolderStore(state)
    run_id = str(settings.get("run_id") or new_run_id())
    folder = store.folder(run_id)
    ledger = Ledger(ledger_url(state))
    try:
        recover(ledger)
        lock = Lock(state, f"{settings['inventory']}-{settings['target']}", run_id, pid)
        lock.acquire()
        earlier = ledger.runs(inventory=settings["inventory"], target=settings["target"], state="sealed", limit=1)
        header = _header(run_id, settings, waivers, earlier)
        try:
            store.open_run(run_id, header)
            store.put(run_id, "expected.json", [a.as_json() for a in assets])
        except Exception:
            lock.release()
            raise
        holder = {"pid": lock.pid, "started": process_start(lock.pid), "machine": socket.gethostname()}
        ledger.begin(header, holder, str(folder))
    finally:
        ledger.close()
    return header


def _header(run_id: str, settings: Mapping[str, Any], waivers: list[Json], earlier: list[Json]) -> Json:
    last = earlier[0] if earlier else None
    return {
        "schema": 1,
        "run_id": run_id,
        "title_kind": settings.get("kind") or "inspection",
        "inventory": settings["inventory"],
        "target": settings["target"],
        "started": iso(time.time()),
        "operator": settings.get("operator") or _operator(),
        "controller": socket.gethostname(),
        "revision": revision(),
        "versions": versions(),
        "gate": {"findings": settings["gate"], "coverage": settings["gate_coverage"]},
        "organisation": dict(settings.get("organisation") or {}),
        "lang": settings.get("lang") or "zh",
        "timezone": settings.get("timezone") or DEFAULT_ZONE,
        "waivers": waivers,
        "since": epoch(last["started"]) if last else 0.0,
        "previous": {k: last[k] for k in ("run_id", "finished", "manifest_sha256")} if last else None,
    }


def _operator() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return str(os.getuid())


def revision() -> str:
    """The checkout's commit, with `+` when it was changed; '' outside a checkout."""
    try:
        done = subprocess.run(
            ["git", "-C", str(ROOT), "describe", "--always", "--dirty=+", "--abbrev=40", "--exclude=*"],
            capture_output=True, timeout=10, check=False, stdin=subprocess.DEVNULL, text=True,
        )  # fmt: skip
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return done.stdout.strip() if done.returncode == 0 else ""


def versions() -> dict[str, str]:
    """Versions of what made the run."""
    from importlib.metadata import PackageNotFoundError, version

    found = {"xunwei": __version__, "python": sys.version.split()[0]}
    for name in ("ansible-core", "netmiko"):
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            continue
    return found
