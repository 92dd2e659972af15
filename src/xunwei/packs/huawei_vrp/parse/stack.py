"""`display stack`: members of a stack of switches.

    Stack mode: Service-port
    Stack topology type: Ring
    Stack system MAC: 00e0-fc12-0a01
    Slot      Role        MAC Address      Priority   Device Type
    -------------------------------------------------------------
    0         Master      00e0-fc12-0a01   200        S5720-36C-EI-AC
    1         Standby     00e0-fc12-0a02   100        S5720-36C-EI-AC

    MemberID Role     MAC              Priority   DeviceType         Description
    --------------------------------------------------------------------------------
    +1       Master   00e0-fc12-0c01   150        CE6881-48S6CQ
     2       Standby  00e0-fc12-0c02   120        CE6881-48S6CQ
    --------------------------------------------------------------------------------
    + indicates the device where the activated management interface resides.

From the command references of S (first form) and CE switches.
"""

from __future__ import annotations

import re
from typing import Any

from xunwei.packs.huawei_vrp.vrp import MAC, Line, body, fail, is_ruler, says, whole
from xunwei.parse import Unparsed

_OFF = (r"stack(?:ing)? (?:function )?is (?:not enabled|disabled)", r"not (?:in|support) (?:a |the )?stack")
_HEAD = re.compile(
    r"\s*(?:Slot|MemberID)\s+Role\s+MAC(?: Address)?\s+Priority\s+Device ?Type(?:\s+Description)?\s*", re.I
)
_ROW = re.compile(
    rf"[\s+*]*(?P<id>\d+)\s+(?P<role>Master|Standby|Slave|[A-Za-z]+)\s+(?P<mac>{MAC})\s+(?P<priority>\d+)"
    r"(?:\s+(?P<model>\S+)(?:\s+\S.*)?)?",
    re.IGNORECASE,
)
_LEGEND = re.compile(r"\s*[+*]\s*(?:indicates|--)\s.*", re.IGNORECASE)
_TOPOLOGY = re.compile(r"\s*Stack topology type\s*:\s*(\w+)\s*", re.IGNORECASE)
_PAIR = re.compile(r"\s*[A-Z][A-Za-z ]*\s*:\s*\S.*")


def parse(text: str) -> dict[str, Any]:
    """Facts of `stack`: a device without stacking has no members and is not enabled."""
    found = body(text, benign=_OFF)
    if len(found) <= 2 and says(found, *_OFF):
        return {"enabled": False, "masters": 0, "topology": None, "members": []}
    members: list[dict[str, Any]] = []
    topology: str | None = None
    header = False
    for line in found:
        if _HEAD.fullmatch(line.text):
            header = True
        elif match := _TOPOLOGY.fullmatch(line.text):
            topology = match.group(1).lower()
        elif is_ruler(line.text) or _LEGEND.fullmatch(line.text) or (not header and _PAIR.fullmatch(line.text)):
            continue
        else:
            members.append(_member(line, header))
    if not members:
        raise Unparsed("no member in the table" if header else "table header not found")
    if len({m["id"] for m in members}) != len(members):
        raise Unparsed("a member is listed twice")
    return {
        "enabled": True,
        "masters": sum(m["role"] == "master" for m in members),
        "topology": topology,
        "members": members,
    }


def _member(line: Line, header: bool) -> dict[str, Any]:
    match = _ROW.fullmatch(line.text) if header else None
    if match is None:
        fail(line, "a member of the stack")
    return {
        "id": whole(match["id"]),
        "role": match["role"].lower(),
        "mac": match["mac"].lower(),
        "priority": whole(match["priority"]),
        "model": match["model"],
        "_line": line.number,
    }
