"""Containers, `docker ps -a` with `{{.Names}}|{{.Status}}|{{.Image}}`, and podman's in the same form.

== docker
web-1|Up 3 hours (healthy)|example/web:1.2
job-1|Exited (0) 2 days ago|example/job:3
"""

from __future__ import annotations

import re

from xunwei.model import Facts
from xunwei.packs.linux.lines import parts
from xunwei.parse.text import Unparsed

# First word(s) of the status, as docker and podman write it.
_STATUS = re.compile(
    r"(Up|Exited|Created|Restarting|Removal In Progress|Removing|Dead|Paused|Stopped|Stopping|Initialized|Configured)\b"
    r"(?: \((-?\d+)\))?(.*)"
)
_STATES = {"up": "running", "initialized": "created", "configured": "created", "removal in progress": "removing"}
_NAMED = frozenset({"docker", "podman"})
_SOCKETS = frozenset({"containerd", "crio"})


def parse(text: str) -> Facts:
    """Facts of `container_engines`. `health`: healthy, unhealthy, starting, none (no check), null for stopped ones."""
    engines: list[str] = []
    containers = []
    for part in parts(text):
        if part.name not in _NAMED | _SOCKETS or (part.name in _SOCKETS and part.lines):
            raise Unparsed(f"part {part.name[:40]!r} is not known")
        if part.name not in engines:
            engines.append(part.name)
        for number, line in part.lines:
            containers.append({"engine": part.name, **_container(line, number), "_line": number})
    return {
        "engines": engines,
        "running": sum(1 for c in containers if c["state"] == "running"),
        "containers": containers,
    }


def _container(line: str, number: int) -> Facts:
    cells = line.split("|")
    match = _STATUS.fullmatch(cells[1]) if len(cells) == 3 else None
    if match is None or not cells[0]:
        raise Unparsed(f"line {number} is not NAME|STATUS|IMAGE: {line[:60]!r}")
    word = match.group(1).lower()
    state = _STATES.get(word, word)
    health = re.search(r"\((healthy|unhealthy|health: starting|starting)\)", match.group(3))
    if "(Paused)" in cells[1]:
        state = "paused"
    running = state == "running"
    return {
        "name": cells[0],
        "image": cells[2],
        "state": state,
        "exit_code": None if match.group(2) is None else int(match.group(2)),
        "health": (health.group(1).removeprefix("health: ") if health else "none") if running else None,
    }
