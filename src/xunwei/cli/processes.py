"""Own every process we start, however deep: nothing may outlive a run that was stopped (prctl(2), proc(5))."""

from __future__ import annotations

import ctypes
import os
import signal
import time
from pathlib import Path

_PR_SET_CHILD_SUBREAPER = 36


def adopt_orphans() -> None:
    """Become the parent of every descendant whose own parent dies, also of those that left our session (setsid)."""
    ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def children(pid: int) -> list[int]:
    """Direct children of a process."""
    found: list[int] = []
    for path in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            found += [int(word) for word in path.read_text(encoding="ascii").split()]
        except OSError:
            continue
    return found


def descendants(pid: int) -> list[int]:
    """All processes below one, parents before children."""
    found: list[int] = []
    queue = children(pid)
    while queue:
        one = queue.pop(0)
        found.append(one)
        queue += children(one)
    return found


def interrupt_children() -> None:
    """Ask our direct children to stop: ansible-core ends its workers on SIGINT, but not when it is killed."""
    for pid in children(os.getpid()):
        _send(pid, signal.SIGINT)


def end_descendants(grace: float = 2.0) -> int:
    """SIGTERM, then SIGKILL everything below us; returns how many there were."""
    first = descendants(os.getpid())
    for pid in first:
        _send(pid, signal.SIGTERM)
    deadline = time.monotonic() + grace
    while time.monotonic() < deadline and _reap():
        time.sleep(0.05)
    for _ in range(5):
        left = descendants(os.getpid())
        if not left:
            break
        for pid in left:
            _send(pid, signal.SIGKILL)
        time.sleep(0.05)
        _reap()
    return len(first)


def _reap() -> bool:
    """Collect the dead; True while some descendant is alive."""
    while True:
        try:
            pid, _ = os.waitpid(-1, os.WNOHANG)
        except ChildProcessError:
            return False
        if pid == 0:
            return True


def _send(pid: int, number: int) -> None:
    try:
        os.kill(pid, number)
    except (ProcessLookupError, PermissionError):
        return
