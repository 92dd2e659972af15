"""The end of FRR's log: its own file, or the journal's unit `frr`. Recorded (FRR 8.4.4, file):

    == /var/log/frr/frr.log
    2026/11/25 12:20:10 BGP: [M59KS-A3ZXZ] bgp_update_receive: rcvd End-of-RIB for IPv4 Unicast from 198.51.100.2
    2026/11/25 12:21:43 OSPF: [EC 134217740] Packet … on eth1

FRR marks an error with an error reference `[EC number]` and, where `log record-priority` is on, with its severity.
"""

from __future__ import annotations

import re
from typing import Any

from xunwei.packs.frr.answers import parts
from xunwei.parse.text import Unparsed

_FILE = re.compile(
    r"(?P<when>\d{4}/\d\d/\d\d \d\d:\d\d:\d\d)(?:\.\d+)? (?:(?P<severity>[a-z]+): )?(?P<daemon>[A-Z0-9_]{2,12}): (?P<text>.*)"
)
_JOURNAL = re.compile(r"(?P<when>\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)\S* \S+ (?P<daemon>[\w.-]+)(?:\[\d+\])?: (?P<text>.*)")
_BAD = ("emergencies", "alerts", "critical", "errors")
# Error references that are warnings of the kernel's abilities, not faults: MPLS support.
_HARMLESS = re.compile(r"Disabling MPLS support|Terminating on signal|Slow thread|CPU HOG")
_MOST = 200


def parse(text: str) -> dict[str, Any]:
    """{"source", "read", "errors": newest last, at most 200, "events": {adjacency, bgp}}; raises Unparsed."""
    found = parts(text)
    if found[0][1] or len(found) < 2:
        raise Unparsed("source of the log not found")
    errors: list[dict[str, Any]] = []
    read = adjacency = bgp = 0
    for _, lines in found[1:]:
        for number, line in lines:
            match = _FILE.fullmatch(line) or _JOURNAL.fullmatch(line)
            if match is None:
                if line.startswith("-- ") or (read and line.startswith((" ", "\t"))):
                    continue
                raise Unparsed(f"line {number} is not a log message: {line[:60]!r}")
            read += 1
            words = match["text"]
            adjacency += bool(re.search(r"AdjChg|nbr_state_change|NSM|neighbor .* Down", words))
            bgp += bool(re.search(r"%(?:ADJCHANGE|NOTIFICATION)\b", words))
            severity = match.groupdict().get("severity") or ("errors" if re.search(r"\[EC \d+\]", words) else "")
            if severity in _BAD and not _HARMLESS.search(words):
                errors.append(_entry(match["when"], match["daemon"], severity, words, number))
    return {
        "source": found[1][0],
        "read": read,
        "errors": errors[-_MOST:],
        "events": {"adjacency": adjacency, "bgp": bgp},
    }


def _entry(when: str, daemon: str, severity: str, text: str, line: int) -> dict[str, Any]:
    local = when.replace("/", "-").replace(" ", "T")
    return {"local": local, "daemon": daemon, "severity": severity, "text": text.strip()[:300], "_line": line}
