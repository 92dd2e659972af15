"""Run a command and say what it cost: wall time, CPU of the controller with all its children, CPU of the targets.

With cgroup version 1 the command runs in a cpuacct group of its own, so that SSH masters which detach are counted too;
elsewhere the kernel's count of waited-for children is used (wait4), which misses those.
"""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

CPUACCT = Path("/sys/fs/cgroup/cpuacct")
TIMEOUT = 1200


@dataclass(frozen=True)
class Cost:
    """Seconds. `foreign` is the share of the machine that others used meanwhile (0 to 1)."""

    wall: float
    cpu: float
    target_cpu: float
    foreign: float
    code: int
    tail: str


def _usage(group: Path | None) -> float:
    if group is None:
        return 0.0
    return int((group / "cpuacct.usage").read_text()) / 1e9


def _busy() -> float:
    """CPU seconds the whole machine has spent so far (proc(5): user nice system, irq softirq steal)."""
    words = [int(word) for word in Path("/proc/stat").read_text().split("\n", 1)[0].split()[1:]]
    return (sum(words[:3]) + sum(words[5:8])) / float(os.sysconf("SC_CLK_TCK"))


def _own_group() -> Path | None:
    group = CPUACCT / f"xunwei-bench-{os.getpid()}"
    try:
        group.mkdir(exist_ok=True)
        return group if (group / "cpuacct.usage").exists() else None
    except OSError:
        return None


def _end_leftovers(group: Path) -> None:
    """End what the command has left behind in its group, for example persistent SSH masters, and remove the group."""
    for _ in range(40):
        left = (group / "cgroup.procs").read_text().split()
        for pid in left:
            os.kill(int(pid), signal.SIGTERM)
        if not left:
            break
        time.sleep(0.05)
    group.rmdir()


def run(command: Sequence[str], env: Mapping[str, str], cwd: Path, target: Path | None) -> Cost:
    """Run one command to its end. Standard output and error go to a file in `cwd`; its last lines are kept."""
    group = _own_group()
    join = f'echo $$ > {group}/cgroup.procs; exec "$@"' if group else 'exec "$@"'
    log = cwd / "output.log"
    target_before, own_before, busy_before, start = _usage(target), _usage(group), _busy(), time.monotonic()
    with log.open("wb") as stream:
        child = subprocess.Popen(
            ["/bin/sh", "-c", join, "sh", *command],
            env={**os.environ, **env},
            cwd=cwd,
            stdin=subprocess.DEVNULL,
            stdout=stream,
            stderr=subprocess.STDOUT,
        )
        _, status, waited = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
    wall = time.monotonic() - start
    cpu = _usage(group) - own_before if group else waited.ru_utime + waited.ru_stime
    target_cpu = _usage(target) - target_before
    foreign = max(0.0, _busy() - busy_before - cpu - target_cpu) / (wall * (os.cpu_count() or 1))
    if group:
        _end_leftovers(group)
    tail = "\n".join(log.read_text(errors="replace").splitlines()[-15:])
    return Cost(wall, cpu, target_cpu, foreign, child.returncode, tail)
