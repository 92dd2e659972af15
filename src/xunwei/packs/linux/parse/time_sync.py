"""Clock and time synchronisation: `chronyc -n tracking` and `sources`, or `ntpq -pn`, or `timedatectl`.

    == clock
    1795598810
    == zone
    zone=Asia/Shanghai
    == chrony_tracking
    Reference ID    : C0000201 (192.0.2.1)
    Stratum         : 3
    System time     : 0.000012345 seconds slow of NTP time
    Leap status     : Normal
    == end

Formats: chronyc(1), ntpq(8), timedatectl(1) of systemd 219 and of 252. A server that is synchronised to its own clock
(reference 127.127.1.x, 7F7F01xx) is not synchronised. Offsets are milliseconds, positive when the host is ahead.
"""

from __future__ import annotations

import re
from typing import Any

from xunwei.packs.linux.parts import Part, Parts, number, real
from xunwei.parse import Unparsed

_SOURCE = re.compile(r"([#^=])([*+x?~ -]) (\S+) +([0-9]{1,3}) +(-?[0-9]+) +([0-7]{1,3}) +(\S+) +(.*)", re.ASCII)
_PEER = re.compile(
    r"([ *+#ox.-])(\S+) +(\S+) +([0-9]{1,2}) +([lubmAMBps-]) +(\S+) +([0-9]+) +([0-7]{1,3})"
    r" +(-?[0-9.]+) +([+-]?[0-9.]+) +([0-9.]+)",
    re.ASCII,
)


def parse(text: str) -> dict[str, Any]:
    """Facts: `synchronised`, `offset_ms`, `stratum` are null when no daemon could be asked. Raises Unparsed."""
    parts = Parts(text)
    clock = parts.one("clock").lines
    if len(clock) != 1:
        raise Unparsed("no clock")
    zone = parts.one("zone").pairs().get("zone", ("", 0))[0]
    facts: dict[str, Any] = {
        "epoch": number(clock[0][1], "clock"),
        "timezone": zone,
        "daemon": "",
        "synchronised": None,
        "offset_ms": None,
        "stratum": None,
        "server": "",
        "sources": [],
        "_lines": {"epoch": clock[0][0], "timezone": parts.one("zone").line + 1},
    }
    told = parts.get("timedatectl")
    if told is not None:
        _timedatectl(told, facts)
    status = parts.get("timesync_status")
    if status is not None and not status.failed:
        _timesync(status, facts)
    tracking, peers = parts.get("chrony_tracking"), parts.get("ntpq_peers")
    if tracking is not None:
        _chrony(tracking, parts.one("chrony_sources"), facts)
    elif peers is not None:
        _ntpq(peers, facts)
    return facts


def _pairs(part: Part) -> dict[str, tuple[str, int]]:
    found = {}
    for n, line in part.lines:
        key, sep, value = line.partition(": ")
        if not sep:
            key, sep, value = line.partition(":")
        if not sep:
            raise Unparsed(f"line {n} of {part.name} is not `Name: value`")
        found[key.strip()] = (value.strip(), n)
    return found


def _timedatectl(part: Part, facts: dict[str, Any]) -> None:
    if part.failed:
        return
    lines = [(n, x) for n, x in part.lines if ":" in x]
    pairs = _pairs(Part(part.name, "", part.line, lines))
    for name in ("System clock synchronized", "NTP synchronized"):
        if name in pairs:
            value, n = pairs[name]
            if value not in ("yes", "no"):
                raise Unparsed(f"{name} is {value!r}")
            facts["synchronised"] = value == "yes"
            facts["_lines"]["synchronised"] = n
    service = pairs.get("NTP service", pairs.get("Network time on", ("", 0)))[0]
    facts["daemon"] = "timedated" if service in ("active", "yes") or pairs.get("NTP enabled", ("",))[0] == "yes" else ""
    if not facts["timezone"] and "Time zone" in pairs:
        facts["timezone"] = pairs["Time zone"][0].split(" ")[0]


def _timesync(part: Part, facts: dict[str, Any]) -> None:
    pairs = _pairs(part)
    facts["daemon"] = "systemd-timesyncd"
    facts["server"] = pairs.get("Server", ("", 0))[0].split(" ")[0]
    if "Stratum" in pairs:
        facts["stratum"] = number(pairs["Stratum"][0], "stratum")
    if "Offset" in pairs:
        value, n = pairs["Offset"]
        match = re.fullmatch(r"([+-]?)(?:([0-9]+)min ?)?(?:([0-9.]+)(us|ms|s))?", value)
        if match is None or not (match[2] or match[3]):
            raise Unparsed(f"offset is {value[:30]!r}")
        scale = {"us": 0.001, "ms": 1.0, "s": 1000.0, None: 0.0}[match[4]]
        size = int(match[2] or 0) * 60000 + (real(match[3], "offset") if match[3] else 0.0) * scale
        # timesyncd tells the correction to be made: positive when the host is behind.
        facts["offset_ms"] = round(size if match[1] == "-" else -size, 6)
        facts["_lines"]["offset_ms"] = n


def _chrony(tracking: Part, sources: Part, facts: dict[str, Any]) -> None:
    facts["daemon"] = "chronyd"
    if tracking.failed:  # installed, and nobody answers: the daemon does not run
        facts["synchronised"] = False if "Cannot talk to daemon" in _everything(tracking) else None
        facts["_lines"]["synchronised"] = tracking.line
        return
    pairs = _pairs(tracking)
    if "Leap status" not in pairs or "Reference ID" not in pairs or "Stratum" not in pairs:
        raise Unparsed("chronyc tracking without leap status, reference or stratum")
    reference, _ = pairs["Reference ID"]
    leap, n = pairs["Leap status"]
    local = reference.startswith(("7F7F01", "127.127.1.", "00000000", "0.0.0.0"))  # noqa: S104 - printed by chronyc
    facts["synchronised"] = leap in ("Normal", "Insert second", "Delete second") and not local
    facts["_lines"]["synchronised"] = n
    facts["stratum"] = number(pairs["Stratum"][0], "stratum")
    match = re.search(r"\((.*)\)", reference)
    facts["server"] = match[1] if match else reference.split(" ")[0]
    value, n = pairs.get("System time", ("", 0))
    offset = re.fullmatch(r"([0-9.]+) seconds (slow|fast) of NTP time", value)
    if offset is None:
        raise Unparsed(f"system time is {value[:40]!r}")
    if facts["synchronised"]:
        facts["offset_ms"] = round(real(offset[1], "offset") * (1000 if offset[2] == "fast" else -1000), 6)
        facts["_lines"]["offset_ms"] = n
    facts["sources"] = [] if sources.failed else _sources(sources)


def _everything(part: Part) -> str:
    return " ".join([part.failed, *(line for _, line in part.lines)])


def _sources(part: Part) -> list[dict[str, Any]]:
    found, inside = [], False
    for n, line in part.lines:
        if line.startswith("==="):
            inside = True
        elif inside:
            match = _SOURCE.fullmatch(line)
            if match is None:
                raise Unparsed(f"line {n} is not a source of chrony: {line[:60]!r}")
            found.append(
                {
                    "address": match[3],
                    "selected": match[2] == "*",
                    "stratum": int(match[4]),
                    "reachable": int(match[6], 8) != 0,
                    "_line": n,
                }
            )
    if not inside and part.lines:
        raise Unparsed("chronyc sources without its table")
    return found


def _ntpq(part: Part, facts: dict[str, Any]) -> None:
    facts["daemon"] = "ntpd"
    if part.failed or any("Connection refused" in line for _, line in part.lines):
        facts["synchronised"] = False if "refused" in _everything(part) else None
        facts["_lines"]["synchronised"] = part.line
        return
    if any("No association" in line for _, line in part.lines):
        facts["synchronised"] = False
        return
    inside = False
    for n, line in part.lines:
        if line.startswith("==="):
            inside = True
        elif inside:
            _peer(n, line, facts)
    if not inside:
        raise Unparsed("ntpq without its table of peers")
    facts["synchronised"] = any(s["selected"] for s in facts["sources"])


def _peer(n: int, line: str, facts: dict[str, Any]) -> None:
    match = _PEER.fullmatch(line)
    if match is None:
        raise Unparsed(f"line {n} is not a peer of ntpq: {line[:60]!r}")
    local = match[2].startswith("127.127.1.") or match[3] == ".LOCL."
    selected = match[1] in "*o" and not local
    stratum = int(match[4])
    facts["sources"].append(
        {
            "address": match[2],
            "selected": selected,
            "stratum": stratum,
            "reachable": int(match[8], 8) != 0,
            "_line": n,
        }
    )
    if selected:
        facts.update(server=match[2], stratum=stratum + 1, offset_ms=round(-real(match[10], "offset"), 6))
        facts["_lines"].update(offset_ms=n, synchronised=n)
