"""`display eth-trunk`: link aggregation groups and their members.

    Eth-Trunk1's state information is:
    Local:
    LAG ID: 1                   WorkingMode: LACP
    Preempt Delay: Disabled     Hash arithmetic: According to SIP-XOR-DIP
    Least Active-linknumber: 1  Max Active-linknumber: 8
    Operate status: up          Number Of Up Port In Trunk: 2
    --------------------------------------------------------------------------------
    ActorPortName          Status   PortType PortPri PortNo PortKey PortState Weight
    XGigabitEthernet0/0/1  Selected 10GE     32768   1      305     10111100  1

    Partner: …

Recorded on S5700 and NE40E, with and without trunks.
"""

from __future__ import annotations

import re
from typing import Any

from xunwei.packs.huawei_vrp.vrp import IFACE, Line, body, fail, is_ruler, port_name, says, whole
from xunwei.parse import Unparsed

_HEAD = re.compile(r"\s*(Eth-Trunk\d+)'s state information is:\s*", re.IGNORECASE)
_COLUMNS = re.compile(r"\s*(?:Actor)?PortName\s+(Status|SysPri)\s.*", re.IGNORECASE)
_MEMBER = re.compile(
    rf"\s*(?P<name>(?:{IFACE})(?:\(\w+\))*)\s+(?P<status>Up|Down|Selected|Unselect(?:ed)?)\s+"
    rf"(?:\d+(?:\.\d+)?[GM]E?\s+\d+\s+\d+\s+\d+\s+[01]{{8}}\s+)?\d+",
    re.IGNORECASE,
)
_PARTNER = re.compile(rf"\s*(?:{IFACE})(?:\(\w+\))*\s+\d+\s+[0-9a-fA-F-]{{14}}\s+\d+\s+\d+\s+\d+\s+[01]{{8}}")
_PAIR = re.compile(r"([A-Z][A-Za-z \-]*?)\s*:\s*(\S.*?)(?=\s{2,}[A-Z]|$)")
_NONE = (r"No valid trunk in the system", r"Trunk does not exist in the system", r"does not exist")


def parse(text: str) -> dict[str, Any]:
    """Facts of `eth_trunk`: no trunk at all is an empty list. The members up must be as many as the device says."""
    found = body(text, benign=_NONE)
    if len(found) == 1 and says(found, *_NONE):
        return {"trunks": []}
    trunks: list[dict[str, Any]] = []
    part = ""
    for line in found:
        if match := _HEAD.fullmatch(line.text):
            trunks.append(_trunk(match.group(1), line.number))
            part = "head"
        elif not trunks:
            fail(line, "the first line of a trunk")
        elif is_ruler(line.text) or re.fullmatch(r"\s*Local:\s*", line.text):
            continue
        elif re.fullmatch(r"\s*Partner:\s*", line.text):
            part = "partner"
        elif match := _COLUMNS.fullmatch(line.text):
            part = "members" if match.group(1).lower() == "status" else "partner"
        else:
            _line(trunks[-1], part, line)
    if not trunks:
        raise Unparsed("no trunk found")
    return {"trunks": [_checked(t) for t in trunks]}


def _trunk(name: str, number: int) -> dict[str, Any]:
    return {"name": name, "mode": None, "up": None, "members_up": None, "least": None, "members": [], "_line": number}


def _line(trunk: dict[str, Any], part: str, line: Line) -> None:
    if part == "partner":
        if _PARTNER.fullmatch(line.text) is None:
            fail(line, "a partner's port")
    elif part == "members":
        match = _MEMBER.fullmatch(line.text)
        if match is None:
            fail(line, "a member of the trunk")
        up = match["status"].lower() in ("up", "selected")
        trunk["members"].append(
            {"name": port_name(match["name"]), "up": up, "status": match["status"], "_line": line.number}
        )
    else:
        pairs = _PAIR.findall(line.text)
        if not pairs:
            fail(line, "a property of the trunk")
        for key, value in pairs:
            _property(trunk, key.lower().replace(" ", ""), value.strip(), line)


def _property(trunk: dict[str, Any], key: str, value: str, line: Line) -> None:
    if key == "workingmode":
        trunk["mode"] = value.lower()
    elif key in ("operatestatus", "operatingstatus"):
        if value.lower() not in ("up", "down"):
            fail(line, "a trunk that is up or down")
        trunk["up"] = value.lower() == "up"
    elif key in ("numberofupportintrunk", "numberofupportsintrunk"):
        trunk["members_up"] = whole(value)
    elif key == "leastactive-linknumber":
        trunk["least"] = whole(value)


def _checked(trunk: dict[str, Any]) -> dict[str, Any]:
    up = sum(m["up"] for m in trunk["members"])
    if trunk["up"] is None or trunk["members_up"] is None:
        raise Unparsed(f"{trunk['name']}: operate status or number of ports up not found")
    if up != trunk["members_up"]:
        raise Unparsed(f"{trunk['name']}: {trunk['members_up']} ports up, but {up} are listed as up")
    return trunk
