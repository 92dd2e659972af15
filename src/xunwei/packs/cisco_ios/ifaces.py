"""`show interfaces` of IOS, IOS-XE and RGOS: state, speed, load and error counters of every interface.

    GigabitEthernet1/0/1 is up, line protocol is up (connected)
      Hardware is Gigabit Ethernet, address is 0000.5e00.5301 (bia 0000.5e00.5301)
      Description: to sw-core-1
      MTU 1500 bytes, BW 1000000 Kbit/sec, DLY 10 usec,
         reliability 255/255, txload 1/255, rxload 1/255
      Full-duplex, 1000Mb/s, media type is 10/100/1000BaseTX
      Input queue: 0/2000/0/0 (size/max/drops/flushes); Total output drops: 0
         1000 packets input, 200000 bytes, 0 no buffer
         0 input errors, 0 CRC, 0 frame, 0 overrun, 0 ignored
         1000 packets output, 200000 bytes, 0 underruns
         0 output errors, 0 collisions, 1 interface resets

RGOS: `GigabitEthernet 0/1 is UP  , line protocol is UP`, `Admin duplex mode is AUTO, oper duplex is Full`, `oper speed is 1000M`,
`100 packets input, 8776 bytes, 0 no buffer, 0 dropped`.
"""

from __future__ import annotations

import re
from typing import Any

from xunwei.packs.cisco_ios.ios import IFNAME, MAC, Line, mac, shown, unknown, whole
from xunwei.parse.text import Unparsed

_HEAD = re.compile(
    rf"(?P<name>{IFNAME}) is (?P<state>administratively down|up|down|reset|deleted|err-disabled|UP|DOWN)\s*"
    r"(?P<shut>\(Administratively down\))?\s*,?\s*line protocol is (?P<protocol>up|down|UP|DOWN)\s*(?:\((?P<why>[^)]*)\))?\s*.*",
)
_TITLE = re.compile(r"=+ .* =+")
_SPEEDS = {"": 1, "K": 1e-3, "M": 1, "G": 1000}
_LINES: tuple[tuple[str, tuple[str, ...]], ...] = (
    (r"\s+Description: (.*)", ("description",)),
    (r"\s+MTU (\d+) bytes.*", ("mtu",)),
    (r"\s*(\d+) packets input, \d+ bytes.*", ("in_packets",)),
    (r"\s*(\d+) packets output, \d+ bytes.*", ("out_packets",)),
    (r"\s*(\d+) input errors, (\d+) CRC.*", ("in_errors", "crc")),
    (r"\s*(\d+) output errors.*", ("out_errors",)),
    (r"\s*Input queue: \d+/\d+/(\d+)/\d+ \(size/max/drops/flushes\).*", ("in_drops",)),
    (r".*Total output drops: (\d+).*", ("out_drops",)),
    (r"\s*\d+ packets input, .*, (\d+) dropped", ("in_drops",)),
    (r"\s*\d+ packets output, .*, (\d+) dropped", ("out_drops",)),
    (r".*\b(\d+) interface resets.*", ("resets",)),
    (r".*\b(\d+) late collision.*", ("late_collisions",)),
    (r".*\brxload (\d+)/255.*", ("rx255",)),
    (r".*\btxload (\d+)/255.*", ("tx255",)),
    (r"\s*Rxload is (\d+)/255, ?Txload is (\d+)/255.*", ("rx255", "tx255")),
    (r"\s*Internet address is (\S+).*", ("ip",)),
    (r"\s*Interface address is: (\d\S*).*", ("ip",)),
    (rf".*address is ({MAC}).*", ("mac",)),
    (r".*\b[Mm]edia[- ]type is (.+)", ("media",)),
)
_PATTERNS = tuple((re.compile(pattern), names) for pattern, names in _LINES)
_COUNTED = ("in_packets", "out_packets", "in_errors", "crc", "out_errors")
_ALWAYS = ("mtu", "rx255", "tx255", *_COUNTED)
_TEXTS = ("description", "ip", "mac", "media")


def read(text: str) -> dict[str, Any]:
    """{"interfaces": […]}; raises Unparsed when an interface has no counters: then the answer was cut."""
    found: list[dict[str, Any]] = []
    names: set[str] = set()
    block: list[Line] = []
    head: re.Match[str] | None = None
    start = 0
    for line in [*shown(text), (0, "")]:
        match = _HEAD.fullmatch(line[1])
        if match is None and line[0] and not _TITLE.fullmatch(line[1]):
            if head is None or not line[1].startswith(" "):
                raise unknown(line, "an interface")
            block.append(line)
            continue
        if match is None and line[0]:
            continue
        if head is not None:
            found.append(_interface(head, block, start))
            if found[-1]["name"] in names:
                raise Unparsed(f"interface {found[-1]['name']} stands twice")
            names.add(found[-1]["name"])
        head, block, start = match, [], line[0]
    if not found:
        raise Unparsed("no interface found")
    return {"interfaces": found, "uplinks": [i for i in found if i["description"] and not i["logical"]]}


def _interface(head: re.Match[str], block: list[Line], start: int) -> dict[str, Any]:
    values: dict[str, str] = {}
    for _, line in block:
        for pattern, names in _PATTERNS:
            if match := pattern.fullmatch(line):
                for name, value in zip(names, match.groups(), strict=True):
                    values.setdefault(name, value.strip())
    name = head["name"].strip()
    lost = [n for n in _ALWAYS if n not in values]
    if lost:
        raise Unparsed(f"{name} has no {lost[0]}: the answer is cut, or in other words")
    numbers = {n: whole(v, n) for n, v in values.items() if n not in _TEXTS}
    shut = head["state"] == "administratively down" or head["shut"] is not None
    why = (head["why"] or "").lower()
    return {
        "name": name,
        "logical": re.match(r"(?i)(?:vlan|lo|tu|nu|po|bdi|agg|mgmt|multilink|virtual|cap|bv)", name) is not None,
        "admin_down": shut,
        "up": head["state"].lower() == "up",
        "protocol_up": head["protocol"].lower() == "up",
        "err_disabled": "err-disabled" in why or head["state"] == "err-disabled",
        "description": values.get("description", ""),
        "ip": values.get("ip"),
        "mac": mac(values["mac"]) if "mac" in values else None,
        "media": values.get("media"),
        "mtu": numbers.get("mtu"),
        **_link(block),
        "rx_percent": _load(numbers.get("rx255")),
        "tx_percent": _load(numbers.get("tx255")),
        **{n: numbers.get(n) for n in (*_COUNTED, "in_drops", "out_drops", "resets", "late_collisions")},
        "error_ppm": _ppm(numbers["in_errors"] + numbers["out_errors"], numbers["in_packets"] + numbers["out_packets"]),
        "_line": start,
    }


def _ppm(errors: int, packets: int) -> float:
    return round(errors * 1e6 / max(packets, errors, 1), 3)


def _load(value: int | None) -> float | None:
    return None if value is None else round(min(value, 255) * 100 / 255, 1)


def _link(block: list[Line]) -> dict[str, Any]:
    duplex: str | None = None
    speed: int | None = None
    for _, line in block:
        if match := re.match(r"\s+(Full|Half|Auto)[ -][Dd]uplex, ([^,]+),?", line):
            duplex, speed = match[1].lower(), _speed(match[2])
        elif match := re.match(r"\s+Admin duplex mode is \S+, oper duplex is (\w+)", line):
            duplex = match[1].lower()
        elif match := re.match(r"\s+Admin speed is \S+, oper speed is (\w+)", line):
            speed = _speed(match[1])
    return {"duplex": duplex if duplex in ("full", "half") else None, "speed_mbit": speed}


def _speed(word: str) -> int | None:
    match = re.match(r"\s*(\d+) ?([KMG]?)b?(?:/s|ps|it.*)?\s*$", word)
    return None if match is None else round(int(match[1]) * _SPEEDS[match[2]])
