"""`display vlan brief` (recording: Comware 7).

Brief information about all VLANs:
Supported Minimum VLAN ID: 1
Supported Maximum VLAN ID: 4094
Default VLAN ID: 1
VLAN ID   Name                             Port
1         VLAN 0001                        FGE1/0/1  FGE1/0/2
                                           FGE1/0/4
"""

from __future__ import annotations

import re
from typing import Any

from xunwei.packs.hp_comware.comware import IFNAME, shown_lines, unknown, vlan
from xunwei.parse.text import Unparsed

_PORTS = rf"{IFNAME}(?:\([A-Z]+\))?(?:\s+{IFNAME}(?:\([A-Z]+\))?)*"
# Names are cut at 32 characters and may hold blanks; ports begin after at least one more blank.
_ROW = re.compile(rf"\s*(?P<id>\d+)\s{{2,}}(?P<name>\S.*?)(?:\s+(?P<ports>{_PORTS}))?\s*")
_LEGEND = re.compile(
    r"\s*(?:Brief information about all VLANs:|Supported M(?:in|ax)imum VLAN ID: \d+|Default VLAN ID: \d+)\s*"
)
_HEADER = re.compile(r"\s*VLAN ID\s+Name\s+Port\s*")
_NAME_WIDTH = 32


def parse(text: str) -> dict[str, Any]:
    """{"vlans": [{id, name, ports}]}; raises Unparsed."""
    vlans: list[dict[str, Any]] = []
    headed = False
    for line in shown_lines(text):
        if _HEADER.fullmatch(line[1]):
            headed = True
        elif not headed and _LEGEND.fullmatch(line[1]):
            continue
        elif headed and (row := _ROW.fullmatch(line[1])):
            vlans.append(_entry(line, row))
        elif vlans and re.fullmatch(rf"\s+{_PORTS}\s*", line[1]):
            vlans[-1]["ports"].extend(line[1].split())
        else:
            raise unknown(line, "a row of the VLAN table")
    if not vlans:
        raise Unparsed("no VLAN found")
    return {"vlans": vlans, "count": len(vlans)}


def _entry(line: tuple[int, str], row: re.Match[str]) -> dict[str, Any]:
    start = row.start("name")
    name = line[1][start : start + _NAME_WIDTH]
    rest = line[1][start + _NAME_WIDTH :]
    # By columns when the row keeps them; a name such as `to GE1/0/1` is then not taken for a port.
    if not rest.strip() or (rest[:1] == " " and re.fullmatch(rf"\s+{_PORTS}\s*", rest)):
        return {"id": vlan(row["id"]), "name": name.strip(), "ports": rest.split(), "_line": line[0]}
    return {"id": vlan(row["id"]), "name": row["name"], "ports": (row["ports"] or "").split(), "_line": line[0]}
