"""`show logging` of IOS, IOS-XE and RGOS: the head says where messages go, the rest are messages `%FACILITY-N-NAME: text`."""

from __future__ import annotations

import re
from typing import Any

from xunwei.packs.cisco_ios.ios import IPV4, shown
from xunwei.parse.text import Unparsed

_STATE = re.compile(r"Syslog logging: (?P<state>enabled|disabled)(?: \((?P<dropped>\d+) messages? dropped.*)?.*")
_BUFFER = re.compile(r"\s*Buffer logging: +(?:level (?P<level>\w+), (?P<n>\d+) messages? logged|(?P<off>disabled)).*")
_HOST = re.compile(rf"\s*[Ll]ogging to (?P<host>{IPV4}|[0-9a-f:]+).*")
_SIZE = re.compile(r"\s*Log Buffer \((?:Total )?(\d+) [Bb]ytes\).*")
_MESSAGE = re.compile(
    r"(?P<front>.*?)%(?P<facility>[A-Z][A-Z0-9_]*(?:-[A-Z0-9_]+)*?)-(?P<severity>[0-7])-(?P<name>[A-Z0-9_]+): ?(?P<text>.*)"
)
_TIME = re.compile(
    r"[*.]?((?:\d{4} )?[A-Z][a-z]{2} +\d{1,2} (?:\d{4} )?\d{1,2}:\d\d:\d\d|\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d)"
)
_SERIOUS = 2
_MOST = 200


def read(text: str) -> dict[str, Any]:
    """{"enabled", "buffer", "dropped", "hosts", "counts": by severity, "serious": newest last}; raises Unparsed."""
    facts: dict[str, Any] = {"enabled": None, "buffer": None, "dropped": None}
    hosts: list[str] = []
    counts = {str(n): 0 for n in range(8)}
    serious: list[dict[str, Any]] = []
    in_buffer = False
    for number, line in shown(text, keep_log=True):
        if in_buffer:
            _message(line, number, counts, serious)
        elif match := _STATE.fullmatch(line):
            facts["enabled"] = match["state"] == "enabled"
            facts["dropped"] = int(match["dropped"]) if match["dropped"] else None
        elif match := _BUFFER.fullmatch(line):
            facts["buffer"] = match["off"] is None
        elif match := _HOST.fullmatch(line):
            hosts.append(match["host"])
        elif _SIZE.fullmatch(line):
            in_buffer = True
    if facts["enabled"] is None or facts["buffer"] is None:
        raise Unparsed("state of logging not found")
    if facts["buffer"] and not in_buffer:
        raise Unparsed("the log buffer is not in the answer")
    return {**facts, "hosts": list(dict.fromkeys(hosts)), "counts": counts, "serious": serious[-_MOST:]}


def _message(line: str, number: int, counts: dict[str, int], serious: list[dict[str, Any]]) -> None:
    match = _MESSAGE.fullmatch(line)
    if match is None:
        # a message that goes on, or text another program wrote to the log
        if serious and line.startswith(" ") and len(serious[-1]["text"]) < 300:
            serious[-1]["text"] += f" {line.strip()}"
        return
    counts[match["severity"]] += 1
    if int(match["severity"]) <= _SERIOUS:
        when = _TIME.search(match["front"])
        serious.append(
            {"when": when[1] if when else None, "facility": match["facility"], "severity": int(match["severity"])}
            | {"name": match["name"], "text": match["text"].strip()[:300], "_line": number}
        )
