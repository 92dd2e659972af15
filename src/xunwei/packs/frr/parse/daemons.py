"""`/etc/frr/daemons` (lines `bgpd=yes`) and `show daemons` below `== running`. Recorded (FRR 8.4.4):

bgpd=yes
ospfd=no
== running
 zebra bgpd watchfrr staticd
"""

from __future__ import annotations

import re
from typing import Any

from xunwei.packs.frr.answers import parts
from xunwei.parse.text import Unparsed

# Started whatever the file says (frr.service, tools/frrcommon.sh).
_ALWAYS = ["staticd", "zebra"]


def parse(text: str) -> dict[str, Any]:
    """{"running", "enabled", "enabled_known"}; raises Unparsed."""
    found = parts(text)
    if [heading for heading, _ in found] != ["", "running"]:
        raise Unparsed("list of running daemons not found")
    enabled: list[str] = []
    known = True
    for number, line in found[0][1]:
        match = re.fullmatch(r"([a-z0-9]+d)=(\"?)(yes|no|\d+|[\d,-]+)\2\s*(?:#.*)?", line)
        if line == "enabled=?":
            known = False
        elif match is None:
            raise Unparsed(f"line {number} is not DAEMON=yes|no: {line[:60]!r}")
        elif match[3] not in ("no", "0"):
            enabled.append(match[1])
    return {
        "running": _running(found[1][1]),
        "enabled": sorted({*enabled, *_ALWAYS}) if known else [],
        "enabled_known": known,
        "_lines": {"running": found[1][1][0][0]},
    }


def _running(lines: list[tuple[int, str]]) -> list[str]:
    text = " ".join(line.strip() for _, line in lines)
    if re.search(r"failed to connect to any daemons", text):
        return []
    words = text.split()
    if not words or not all(re.fullmatch(r"[a-z0-9_-]{3,20}", w) for w in words) or not set(words) & {"zebra", "mgmtd"}:
        raise Unparsed(f"not a list of daemons: {text[:60]!r}")
    return sorted(set(words))
