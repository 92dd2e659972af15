"""`display interface`: state, rates and error counters (recordings: Comware 5 and 7, switches and routers).

    GigabitEthernet1/0/1
    Current state: UP
    Line protocol state: UP
    Description: TO-sw-core-1
    Bandwidth: 1000000 kbps
    1000Mbps-speed mode, full-duplex mode
     Last 300 seconds input: 785 packets/sec 427679 bytes/sec 0%
     Input (total):  70305212465 packets, 16984268010832 bytes
     Input:  0 input errors, 0 runts, 0 giants, 0 throttles
             0 CRC, 0 frame, - overruns, 0 aborts

Comware 5 begins with `GigabitEthernet1/0/1 current state: UP`.
`-` means that the hardware does not count; such a value is null.
"""

from __future__ import annotations

import re
from typing import Any

from xunwei.packs.hp_comware.comware import (
    IFNAME,
    Line,
    duplex,
    entire,
    mac,
    maybe,
    shown_lines,
    speed,
    unknown,
    vlan,
    whole,
)
from xunwei.parse.text import Unparsed

_HEAD5 = re.compile(rf" ?(?P<name>{IFNAME})\s+current state\s*:\s*(?P<state>\S.*?)\s*", re.IGNORECASE)
_HEAD7 = re.compile(rf" ?(?P<name>{IFNAME})\s*")
_INDEX = re.compile(r"\s*Interface index\s*:\s*\d+\s*", re.IGNORECASE)
# The words by which a port says that the device itself has shut or blocked it.
_PROTECTION = re.compile(
    r"storm|bpdu|loop|mac-address moving|^stp|dldp|mad shutdown|monitor-link|port-security|error-?down|guard|ethoam",
    re.IGNORECASE,
)
_STATE = re.compile(r"\s*Current state\s*:\s*(?P<state>\S.*?)\s*", re.IGNORECASE)
_PROTOCOL = re.compile(r"\s*Line protocol (?:current )?state\s*:\s*(?P<state>\S.*?)\s*", re.IGNORECASE)
_DESCRIPTION = re.compile(r"\s*Description\s*:\s?(?P<text>.*?)\s*")
_BANDWIDTH = re.compile(r"\s*Bandwidth\s*:\s*(\d+) ?kbps\s*")
_MTU = re.compile(r"\s*(?:The )?Maximum Trans(?:mission|mit) Unit(?: is|\s*:)?\s*(\d+)\s*(?:bytes)?\s*", re.IGNORECASE)
_FRAME = re.compile(r"\s*(?:The )?Maximum frame length(?: is|\s*:)?\s*(\d+)\s*", re.IGNORECASE)
_HARDWARE = re.compile(r"\s*IP Packet Frame Type\s*:.*?hardware address\s*:\s*(\S+)\s*", re.IGNORECASE)
_ADDRESS = re.compile(r"\s*Internet Address(?: is|\s*:)\s*(?P<ip>[^\s/]+/[^\s,(]+).*", re.IGNORECASE)
_MODE = re.compile(r"\s*(?P<speed>[\w.]+)-speed mode\s*,\s*(?P<duplex>[\w-]+)-duplex mode\s*", re.IGNORECASE)
_MODE5 = re.compile(
    r"\s*(?P<speed>\d+(?:\.\d+)?[MGK](?:b/s|bps)?)\s*,\s*(?P<duplex>Full|Half)(?:-duplex)?\s*,\s*link type.*",
    re.IGNORECASE,
)
_PVID = re.compile(r"\s*PVID\s*:\s*(\d+)\s*")
_TYPE = re.compile(r"\s*Port link-type\s*:\s*(\S+)\s*", re.IGNORECASE)
_MEDIA = re.compile(r"\s*Media type(?: is|\s*:)\s*(?P<media>[^,]*?)(?:\s*,.*)?\s*", re.IGNORECASE)
_RATE = re.compile(
    r"\s*Last (?P<span>\d+) seconds? (?P<way>input|output)(?: rate)?\s*:?\s*(?:"
    r"(?P<a>[\d.]+) packets/sec,? +(?P<b>[\d.]+) bytes/sec"
    r"|(?P<b2>[\d.]+) bytes/sec,(?: (?P<bits>[\d.]+) bits/sec,)? "
    r"(?P<a2>[\d.]+) packets/sec)(?:\s+(?P<percent>\d+|-)%)?\s*",
    re.IGNORECASE,
)
_TOTAL = re.compile(
    r"\s*(?P<way>Input|Output)(?: \(total\))?\s*:\s*(?P<packets>\d+|-) packets,\s*(?P<bytes>\d+|-) bytes(?P<rest>.*)",
    re.IGNORECASE,
)
_WAY = re.compile(r"\s*(?P<way>Input|Output)(?P<normal> \(normal\))?\s*:(?P<rest>.*)", re.IGNORECASE)
_COUNTER = re.compile(r"(\d+|-) ([A-Za-z][A-Za-z ]*?)(?=,|$)")
_CLEARED = re.compile(r"\s*Last clearing of counters\s*:\s*(\S.*?)\s*", re.IGNORECASE)
_NAMES = {
    "input errors": "errors",
    "output errors": "errors",
    "errors": "errors",
    "crc": "crc",
    "runts": "runts",
    "giants": "giants",
    "overruns": "overruns",
    "drops": "drops",
    "collisions": "collisions",
    "late collisions": "late_collisions",
    "underruns": "underruns",
    "frame": "frame",
}
_STATES = (
    "up",
    "down",
    "administratively down",
    "stp down",
    "standby",
    "dldp down",
    "loopback down",
    "mad shutdown",
    "monitor-link down",
)


def parse(text: str) -> dict[str, Any]:
    """{"interfaces": all, "counters": those that count errors, "links": ports up with known speed and duplex}."""
    lines = [line for line in shown_lines(text) if not _INDEX.fullmatch(line[1])]
    found: list[dict[str, Any]] = []
    starts = [i for i in range(len(lines)) if _head(lines, i)]
    if not starts or starts[0] != 0:
        raise unknown(lines[0], "an interface")
    for start, end in zip(starts, [*starts[1:], len(lines)], strict=True):
        found.append(_interface(lines[start:end]))
    if len({i["name"] for i in found}) != len(found):
        raise Unparsed("an interface is listed twice")
    return {
        "interfaces": found,
        "counters": [c for i in found if (c := _errors(i)) is not None],
        "links": [
            {key: i[key] for key in ("name", "description", "speed_bps", "duplex", "_line")}
            for i in found
            if i["physical"] == "up" and i["duplex"] is not None and i["speed_bps"] is not None
        ],
    }


def _head(lines: list[Line], i: int) -> bool:
    if _HEAD5.fullmatch(lines[i][1]) and not _PROTOCOL.fullmatch(lines[i][1]):
        return True
    return bool(_HEAD7.fullmatch(lines[i][1]) and i + 1 < len(lines) and _STATE.fullmatch(lines[i + 1][1]))


def _interface(lines: list[Line]) -> dict[str, Any]:
    head = _HEAD5.fullmatch(lines[0][1]) or entire(_HEAD7, lines[0][1], "interface name")
    state = head if "state" in head.groupdict() else entire(_STATE, lines[1][1], "interface state")
    physical, admin = _physical(state["state"])
    entry: dict[str, Any] = {
        "name": head["name"],
        "physical": physical,
        "admin_down": admin,
        "protection": _protection(state["state"], physical),
        "description": "",
        "addresses": [],
    }
    single = (
        "protocol",
        "bandwidth_bps",
        "mtu",
        "max_frame",
        "mac",
        "speed_bps",
        "duplex",
        "pvid",
        "link_type",
        "media",
        "counters_cleared",
    )
    entry |= dict.fromkeys(single)
    entry |= dict.fromkeys(
        f"{way}_{what}"
        for way in ("input", "output")
        for what in ("packets", "bytes", "bps", "percent", *sorted(set(_NAMES.values())))
    )
    way = ""
    for line in lines[1:]:
        if _traffic_part(line[1]):
            break
        way = _line(entry, line, way)
    if entry["input_packets"] is not None and entry["output_packets"] is None:
        raise Unparsed(f"{entry['name']}: input counters without output counters, the answer is cut off")
    if entry["input_errors"] is not None and entry["output_errors"] is None:
        raise Unparsed(f"{entry['name']}: input errors without output errors, the answer is cut off")
    return {**entry, "_line": lines[0][0]}


def _traffic_part(line: str) -> bool:
    """Newer releases add per-protocol statistics with the same words; the interface's own are above."""
    return bool(re.fullmatch(r"\s*IPv[46] traffic statistics\s*:\s*", line))


def _physical(words: str) -> tuple[str, bool]:
    plain = re.sub(r"\s*\(\s*([A-Za-z -]+?)\s*\)", r" (\1)", words).strip().lower()
    if plain in ("down (administratively)", "administratively down"):
        return "down", True
    plain = re.sub(r" \(spoofing\)$", "", plain)
    base = re.sub(r" \(.*\)$", "", plain)
    if base in _STATES or re.fullmatch(r"[a-z][a-z -]* down", base):
        return base, False
    raise Unparsed(f"not an interface state: {words[:40]!r}")


def _protection(words: str, physical: str) -> str | None:
    """Why the device keeps the port down, in its own words; null = it does not say that it does."""
    if physical == "up":
        return None
    inner = re.search(r"\(\s*([^()]*?)\s*\)", words)
    told = inner.group(1).lower() if inner else physical
    return told if _PROTECTION.search(told) else None


def _line(entry: dict[str, Any], line: Line, way: str) -> str:
    """Read one line into the entry; returns which way (input, output, "") following counter lines belong to."""
    text = line[1]
    if match := _RATE.fullmatch(text):
        _rate(entry, match)
        return ""
    if match := _TOTAL.fullmatch(text):
        side = match["way"].lower()
        if entry[f"{side}_packets"] is None:
            entry[f"{side}_packets"] = maybe(match["packets"], "packets")
            entry[f"{side}_bytes"] = maybe(match["bytes"], "bytes")
        _counters(entry, side, match["rest"])
        return side
    if match := _WAY.fullmatch(text):
        side = match["way"].lower()
        if match["normal"] is None:
            _counters(entry, side, match["rest"])
        return side
    if way and re.fullmatch(r"\s+(?:\d+|-) [A-Za-z].*", text):
        if pair := re.fullmatch(r"\s*(\d+|-) packets,\s*(\d+|-) bytes\s*", text):
            entry[f"{way}_packets"], entry[f"{way}_bytes"] = (
                maybe(pair.group(1), "packets"),
                maybe(pair.group(2), "bytes"),
            )
        else:
            _counters(entry, way, text)
        return way
    if match := re.fullmatch(r"\s+(?P<packets>\d+) packets (?P<way>input|output),\s*(?P<bytes>\d+) bytes\s*", text):
        entry[f"{match['way']}_packets"] = whole(match["packets"], "packets")
        entry[f"{match['way']}_bytes"] = whole(match["bytes"], "bytes")
    elif match := re.fullmatch(r"\s+(?P<count>\d+) (?P<way>input|output) errors?\s*", text):
        entry[f"{match['way']}_errors"] = whole(match["count"], "errors")
    else:
        _attribute(entry, line)
    return ""


def _rate(entry: dict[str, Any], match: re.Match[str]) -> None:
    side = match["way"].lower()
    if entry[f"{side}_bps"] is not None:
        return
    octets = match["b"] if match["b"] is not None else match["b2"]
    try:
        entry[f"{side}_bps"] = float(octets) * 8
    except ValueError:
        raise Unparsed(f"not a rate: {octets[:30]!r}") from None
    if match["percent"] not in (None, "-"):
        entry[f"{side}_percent"] = float(whole(match["percent"], "percentage"))


def _counters(entry: dict[str, Any], side: str, text: str) -> None:
    for value, name in _COUNTER.findall(text.strip()):
        key = _NAMES.get(name.strip().lower())
        if key is not None and entry[f"{side}_{key}"] is None:
            entry[f"{side}_{key}"] = maybe(value, name)


def _attribute(entry: dict[str, Any], line: Line) -> None:
    text = line[1]
    if match := _PROTOCOL.fullmatch(text):
        entry["protocol"] = re.sub(r"\s*\(spoofing\)$", "", match["state"].lower())
    elif match := _DESCRIPTION.fullmatch(text):
        entry["description"] = match["text"]
    elif match := _HARDWARE.fullmatch(text):
        entry["mac"] = mac(match.group(1))
    elif match := _ADDRESS.fullmatch(text):
        entry["addresses"].append(match["ip"])
    elif match := (_MODE.fullmatch(text) or _MODE5.fullmatch(text)):
        entry["speed_bps"], entry["duplex"] = speed(match["speed"]), duplex(match["duplex"])
    elif re.search(r"-speed mode|-duplex mode", text):
        raise unknown(line, "a speed and a duplex mode")
    elif match := _MEDIA.fullmatch(text):
        entry["media"] = match["media"].lower()
    elif match := _TYPE.fullmatch(text):
        entry["link_type"] = match.group(1).lower()
    elif match := _CLEARED.fullmatch(text):
        entry["counters_cleared"] = match.group(1)
    else:
        _number(entry, text)


def _number(entry: dict[str, Any], text: str) -> None:
    if match := _BANDWIDTH.fullmatch(text):
        entry["bandwidth_bps"] = whole(match.group(1), "bandwidth") * 1000
    elif match := _MTU.fullmatch(text):
        entry["mtu"] = whole(match.group(1), "MTU")
    elif match := _FRAME.fullmatch(text):
        entry["max_frame"] = whole(match.group(1), "frame length")
    elif match := _PVID.fullmatch(text):
        entry["pvid"] = vlan(match.group(1))


def _errors(entry: dict[str, Any]) -> dict[str, Any] | None:
    """What the error rules judge: only ports whose hardware counts errors and packets."""
    inward, outward = entry["input_errors"], entry["output_errors"]
    packets_in, packets_out = entry["input_packets"], entry["output_packets"]
    if inward is None or outward is None or packets_in is None or packets_out is None:
        return None
    return {
        "name": entry["name"],
        "description": entry["description"],
        "input_errors": inward,
        "output_errors": outward,
        "crc": entry["input_crc"] or 0,
        "crc_counted": entry["input_crc"] is not None,
        "input_error_ppm": round(inward * 1e6 / max(packets_in + inward, 1), 3),
        "output_error_ppm": round(outward * 1e6 / max(packets_out + outward, 1), 3),
        "crc_ppm": round((entry["input_crc"] or 0) * 1e6 / max(packets_in, 1), 3),
        "late_collisions": entry["output_late_collisions"],
        "_line": entry["_line"],
    }
