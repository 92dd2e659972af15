"""`display ip vpn-instance` and one instance in detail (recordings: Comware 7).

Total VPN-Instances configured : 2
VPN-Instance Name               RD                     Create time
red                             64500:1                2026/05/18 05:48:17
"""

from __future__ import annotations

import re
from typing import Any

from xunwei.packs.hp_comware.comware import IFNAME, Line, shown_lines, unknown, whole
from xunwei.parse.text import Unparsed

_TOTAL = re.compile(r"\s*Total VPN-Instances configured\s*:\s*(\d+)\s*")
_HEADER = re.compile(
    r"\s*VPN-Instance Name\s+(?:Address family\s+)?RD\s+(?:Address family\s+)?Create(?:d)? time\s*", re.IGNORECASE
)
_ROW = re.compile(
    r"\s*(?P<name>\S+)\s+(?:(?P<rd>\S+:\d+)\s+)?(?:(?:IPv4|IPv6|N/A)\S*\s+)?\d{4}/\d\d/\d\d \d\d:\d\d:\d\d\s*"
)
_NAME = re.compile(r"\s*VPN-Instance Name and (?:Index|ID)\s*:\s*(?P<name>\S+),\s*(?P<id>\d+)\s*")
_RD = re.compile(r"\s*Route Distinguisher\s*:\s*(\S+)\s*")
_PORTS = re.compile(r"\s*Interfaces\s*:\s*(.*?)\s*")


def parse(text: str) -> dict[str, Any]:
    """{"instances": [{name, id, rd, interfaces}]}; raises Unparsed."""
    lines = shown_lines(text)
    return {"instances": _details(lines) if _NAME.fullmatch(lines[0][1]) else _table(lines)}


def _table(lines: list[Line]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    total = None
    headed = False
    for line in lines:
        if match := _TOTAL.fullmatch(line[1]):
            total = whole(match.group(1), "instances")
        elif _HEADER.fullmatch(line[1]):
            headed = True
        elif headed and (row := _ROW.fullmatch(line[1])):
            found.append({"name": row["name"], "id": None, "rd": row["rd"], "interfaces": None, "_line": line[0]})
        else:
            raise unknown(line, "a VPN instance")
    if total is None or (total and not headed):
        raise Unparsed("VPN instance table not complete")
    return found


def _details(lines: list[Line]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    listing = False
    for line in lines:
        if match := _NAME.fullmatch(line[1]):
            found.append(
                {"name": match["name"], "id": whole(match["id"], "id"), "rd": None, "interfaces": [], "_line": line[0]}
            )
        elif match := _RD.fullmatch(line[1]):
            found[-1]["rd"] = match.group(1)
        elif match := _PORTS.fullmatch(line[1]):
            found[-1]["interfaces"] += _names(match.group(1), line)
        elif listing and re.fullmatch(rf"\s+{IFNAME}(?:,\s*{IFNAME})*,?\s*", line[1]):
            found[-1]["interfaces"] += _names(line[1], line)
        listing = bool(_PORTS.fullmatch(line[1])) or (listing and line[1].rstrip().endswith(","))
    return found


def _names(words: str, line: Line) -> list[str]:
    names = [word.strip() for word in words.split(",") if word.strip()]
    if any(not re.fullmatch(IFNAME, name) for name in names):
        raise unknown(line, "a list of interfaces")
    return names
