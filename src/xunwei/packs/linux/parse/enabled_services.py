"""Services that run, and services enabled at boot: `systemctl list-units` and `list-unit-files`.

    == running
    sshd.service loaded active running OpenSSH server daemon
    == unit_files
    sshd.service enabled enabled
    cups.service disabled enabled
    == end

systemd 219 prints no third column (the vendor's preset) in the list of unit files.
"""

from __future__ import annotations

import re
from typing import Any

from xunwei.packs.linux.parts import Parts
from xunwei.parse import Unparsed

_RUNNING = re.compile(r"[●*]? *(\S+\.service) +loaded +active +running(?: +.*)?")
_FILE = re.compile(r"(\S+\.service) +([a-z-]+)(?: +(enabled|disabled|ignored|-))?")


def parse(text: str) -> dict[str, Any]:
    """Facts: `running` and `enabled` (names), with their counts. Raises Unparsed."""
    parts = Parts(text)
    running, enabled = [], []
    for n, line in parts.one("running").whole().lines:
        match = _RUNNING.fullmatch(line)
        if match is None:
            raise Unparsed(f"line {n} is not a running service: {line[:60]!r}")
        running.append({"unit": match[1], "_line": n})
    for n, line in parts.one("unit_files").whole().lines:
        match = _FILE.fullmatch(line)
        if match is None:
            raise Unparsed(f"line {n} is not a unit file: {line[:60]!r}")
        if match[2] in ("enabled", "enabled-runtime"):
            enabled.append({"unit": match[1], "_line": n})
    if not running:
        raise Unparsed("no service runs at all")
    return {"running": running, "running_count": len(running), "enabled": enabled, "enabled_count": len(enabled)}
