"""One run at a time per target group: a lock file that names its holder and is void when the holder is gone."""

from __future__ import annotations

import contextlib
import json
import os
import re
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from xunwei.errors import RefusedError

_EXITING = 0x4  # PF_EXITING, include/linux/sched.h


def process_start(pid: int) -> str:
    """Start time of a process in clock ticks since boot (proc(5), stat field 22), '' when there is none that works.

    A killed process stays in /proc until its parent reaps it (in a container PID 1 may never do so): it holds nothing any more.
    """
    try:
        stat = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""
    fields = stat.rpartition(")")[2].split()
    if fields[0] in "ZXx" or int(fields[6]) & _EXITING:
        return ""
    return fields[19]


def alive(holder: dict[str, object]) -> bool:
    """Whether the process named in a lock still runs; on another machine we can't see, so it counts as running."""
    if holder.get("machine") != socket.gethostname():
        return True
    pid = holder.get("pid")
    return isinstance(pid, int) and process_start(pid) == holder.get("started") != ""


def holders(state: Path) -> Iterator[tuple[Path, dict[str, Any]]]:
    """Every lock file that can be read, with what it says of its holder."""
    for path in (state / "locks").glob("*.lock"):
        with contextlib.suppress(OSError, ValueError):
            yield path, json.loads(path.read_text(encoding="utf-8"))


def release_run(state: Path, run_id: str) -> None:
    """Give back whatever a run holds; for when its process is gone."""
    for path, holder in holders(state):
        if holder.get("run_id") == run_id:
            path.unlink(missing_ok=True)


class Lock:
    """A lock for `group`, held for process `pid` (default: this one; an Ansible worker names the playbook's)."""

    def __init__(self, state: Path, group: str, run_id: str, pid: int | None = None) -> None:
        self.path = state / "locks" / (re.sub(r"[^A-Za-z0-9._-]", "_", group) + ".lock")
        self.run_id = run_id
        self.pid = pid or os.getpid()

    def acquire(self) -> None:
        """Take the lock, or take over a dead holder's. Raises RefusedError naming the run that holds it."""
        self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        content = json.dumps(
            {
                "pid": self.pid,
                "started": process_start(self.pid),
                "machine": socket.gethostname(),
                "run_id": self.run_id,
            }
        )
        for _ in range(20):
            try:
                fd = os.open(self.path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            except FileExistsError:
                self._check_holder()
                continue
            with os.fdopen(fd, "w", encoding="utf-8") as stream:
                stream.write(content)
            return
        raise RefusedError("could not be taken", where=str(self.path))

    def _check_holder(self) -> None:
        try:
            holder = json.loads(self.path.read_text(encoding="utf-8") or "{}")
        except (OSError, ValueError):
            holder = {}
        if holder.get("run_id") == self.run_id and holder.get("pid") in (self.pid, os.getpid(), os.getppid()):
            self.path.unlink(missing_ok=True)
            return
        if holder and alive(holder):
            raise RefusedError(
                f"run {holder.get('run_id')} (pid {holder.get('pid')} on {holder.get('machine')}) is working on this group",
                where=str(self.path),
                hint="wait for it, or remove the lock if that machine is gone",
            )
        self.path.unlink(missing_ok=True)

    def release(self) -> None:
        """Give it back, if it is ours."""
        try:
            holder = json.loads(self.path.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return
        if holder.get("run_id") == self.run_id:
            self.path.unlink(missing_ok=True)
