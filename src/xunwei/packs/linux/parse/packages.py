"""Installed packages: number, digest of the list with versions, last change, versions of some.

    == dpkg
    changed=1795598439
    package openssl 3.0.19-1~deb12u2
    count=914
    broken=0
    sha256=56d03f…
    == end

With rpm the heading is `== rpm`, and there is no `broken`.
"""

from __future__ import annotations

import re
from typing import Any

from xunwei.packs.linux.parts import Parts, number
from xunwei.parse import Unparsed

# Programs that give remote access in clear text, or help an intruder on a server.
UNWANTED = re.compile(
    r"telnet-server|telnetd|inetutils-telnetd|rsh-server|rsh-redone-server|tftp-server|tftpd-hpa|vsftpd|ypserv|"
    r"talk-server|xinetd|nmap"
)


def parse(text: str) -> dict[str, Any]:
    """Facts: `manager`, `count`, `digest`, `changed` (epoch), `notable` versions, `unwanted`. Raises Unparsed."""
    parts = Parts(text)
    if len(parts.all) != 1 or parts.all[0].name not in ("dpkg", "rpm"):
        raise Unparsed("one part, dpkg or rpm, expected")
    part = parts.all[0].whole()
    told: dict[str, str] = {}
    lines: dict[str, int] = {}
    notable: list[dict[str, Any]] = []
    for n, line in part.lines:
        match = re.fullmatch(r"package (\S+) (\S+)", line)
        pair = re.fullmatch(r"(changed|count|broken|sha256)=(\S+)", line)
        if match:
            notable.append({"name": match[1], "version": match[2], "_line": n})
        elif pair and pair[1] not in told:
            told[pair[1]] = pair[2]
            lines[pair[1]] = n
        else:
            raise Unparsed(f"line {n} is not about packages: {line[:60]!r}")
    for key in ("changed", "count", "sha256"):
        if key not in told:
            raise Unparsed(f"no {key}")
    if number(told["count"], "count") == 0 or not re.fullmatch(r"[0-9a-f]{64}", told["sha256"]):
        raise Unparsed("no package at all, or no digest")
    return {
        "manager": part.name,
        "count": number(told["count"], "count"),
        "digest": told["sha256"],
        "changed": number(told["changed"], "changed"),
        "broken": number(told["broken"], "broken") if "broken" in told else None,
        "notable": notable,
        "_lines": lines,
        "unwanted": [p for p in notable if UNWANTED.fullmatch(p["name"])],
    }
