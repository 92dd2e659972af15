"""`display interface`: one paragraph per interface, in a form that differs by board and release.

    GigabitEthernet0/0/1 current state : UP
    Line protocol current state : UP
    Description:TO-sw-agg-1
    Switch Port, PVID :    1, TPID : 8100(Hex), The Maximum Frame Length is 9216
    IP Sending Frames' Format is PKTFMT_ETHNT_2, Hardware address is 00e0-fc12-3456
    Speed : 1000,  Loopback: NONE
    Duplex: FULL,  Negotiation: ENABLE
    Input:  1234 packets, 567890 bytes
      CRC:                       0,  Giants:                      0
      Total Error:               0
    Output:  …

Recorded on AR, S2300, S5300, NE40E (VRP5 and 8) and AR VRP8.
"""

from __future__ import annotations

import re
from typing import Any

from xunwei.packs.huawei_vrp.counters import Counters
from xunwei.packs.huawei_vrp.vrp import IFACE, MAC, PROTECTED, Line, body, fail, port_name, real, whole
from xunwei.parse import Unparsed

_HEAD = re.compile(
    rf"\s*(?P<name>(?:{IFACE})(?:\(\w+\))?) current state\s*:\s*(?P<state>[A-Za-z][\w \-()/]*?)[\s,]*"
    r"(?:\(ifindex\s*:\s*\d+\))?[\s,]*"
)
_PROTOCOL = re.compile(r"\s*Line protocol current state\s*:\s*(UP|DOWN)\b", re.IGNORECASE)
_DESCRIPTION = re.compile(r"\s*Description\s*:(.*)")
_ADDRESS = re.compile(r"\s*Internet Address is (?:\w[\w ]*, )?(\d+\.\d+\.\d+\.\d+/\d+)")
_MAC = re.compile(rf"Hardware address is ({MAC})")
_SPEED = re.compile(r"(?:\bSpeed\s*:\s*(\d+)\b(?!\.)|\bSPEED (\d+)([MG])\b|^\s*(?:Port )?BW\s*:\s*(\d+)([MG])\b)")
_DUPLEX = re.compile(r"(?:\bDuplex\s*:\s*|\bDUPLEX\s+|\b)(FULL|HALF)(?:-duplex)?\b", re.IGNORECASE)
_DUPLEX_LINE = re.compile(r"Duplex", re.IGNORECASE)
_USE = re.compile(r"\s*(Input|Output) bandwidth utilization\s*:\s*([\d.]+)%")
_UTILITY = re.compile(r"\s*Last \d+ seconds (input|output) utility rate\s*:\s*([\d.]+)%", re.IGNORECASE)


def parse(text: str) -> dict[str, Any]:
    """Facts of `interfaces`: speed in bit/s, counters as the device counts them, loads in percent; null = not shown."""
    blocks: list[tuple[Line, re.Match[str], list[Line]]] = []
    for line in body(text):
        match = _HEAD.fullmatch(line.text)
        if match:
            blocks.append((line, match, []))
        elif " current state" in line.text and re.match(rf"\s*(?:{IFACE})(?:\(\w+\))? current state", line.text):
            fail(line, "an interface in a known state")
        elif blocks:
            blocks[-1][2].append(line)
        elif not re.match(r"\s*(?:\S+down:|\(\w+\):|PHY:)", line.text):
            fail(line, "the first line of an interface")
    if not blocks:
        raise Unparsed("no interface found")
    return {"interfaces": [_interface(line, match, rest) for line, match, rest in blocks]}


def _interface(line: Line, head: re.Match[str], rest: list[Line]) -> dict[str, Any]:
    phy, admin, reason = _state(line, head["state"])
    facts: dict[str, Any] = {
        "name": port_name(head["name"]),
        "phy": phy,
        "admin_down": admin,
        "error_down": reason is not None,
        "reason": reason,
        "protocol": None,
        "description": None,
        "address": None,
        "mac": None,
        "speed_bps": None,
        "duplex": None,
        "in_percent": None,
        "out_percent": None,
    }
    for entry in rest:
        _plain_line(facts, entry)
    facts.update(Counters(rest).facts())
    return facts | {"_line": line.number}


def _plain_line(facts: dict[str, Any], line: Line) -> None:
    text = line.text
    if facts["description"] is None and (match := _DESCRIPTION.match(text)):
        # Releases before V100R005 put the port's kind behind the description, on the same line.
        facts["description"] = re.sub(r",\s*(?:Switch|Route) Port\s*$", "", match.group(1)).strip()
        return
    if match := _PROTOCOL.match(text):
        facts["protocol"] = match.group(1).lower()
    elif match := _ADDRESS.match(text):
        facts["address"] = facts["address"] or match.group(1)
    elif match := (_USE.match(text) or _UTILITY.match(text)):
        facts["in_percent" if match.group(1).lower() == "input" else "out_percent"] = _share(line, match.group(2))
    if match := _MAC.search(text):
        facts["mac"] = match.group(1).lower()
    if facts["speed_bps"] is None and (match := _SPEED.search(text)):
        facts["speed_bps"] = _speed(match)
    if facts["duplex"] is None and _DUPLEX_LINE.search(text) and (match := _DUPLEX.search(text)):
        facts["duplex"] = match.group(1).lower()


def _state(line: Line, words: str) -> tuple[str, bool, str | None]:
    """`UP`, `DOWN`, `Administratively DOWN`, `ERROR DOWN(bpdu-protection)`, `DOWN(…)`, `UP (spoofing)`, `STANDBY`."""
    plain = words.strip().upper()
    match = re.fullmatch(r"(ERROR |ADMINISTRATIVELY )?(UP|DOWN|STANDBY)(?:\s*\(([^()]*)\))?", plain)
    if match is None:
        fail(line, "an interface in a known state")
    reason = None
    said = (match.group(3) or "").strip().lower()
    if match.group(1) == "ERROR ":
        reason = said or "error down"
    elif match.group(2) == "DOWN" and PROTECTED.search(said):
        reason = said
    return match.group(2).lower(), match.group(1) == "ADMINISTRATIVELY ", reason


def _speed(match: re.Match[str]) -> int | None:
    if match.group(1):
        return whole(match.group(1)) * 1_000_000
    number, unit = match.group(2) or match.group(4), match.group(3) or match.group(5)
    return whole(number) * (1_000_000_000 if unit == "G" else 1_000_000)


def _share(line: Line, word: str) -> float:
    value = real(word, "load")
    if not 0 <= value <= 100:
        fail(line, "a load from 0 % to 100 %")
    return value
