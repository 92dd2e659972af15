"""`display ntp-service status` (Comware 5 and 7 command references).

Clock status: synchronized
Clock stratum: 3
System peer: 192.0.2.123
Local mode: client
Reference clock ID: 192.0.2.123
Leap indicator: 00
Clock offset: -1.2000 ms
Root delay: 0.00383 ms
"""

from __future__ import annotations

import re
from typing import Any

from xunwei.packs.hp_comware.comware import real, shown_lines, unknown, whole
from xunwei.parse.text import Unparsed

_FIELD = re.compile(r"\s*(?P<key>[A-Z][A-Za-z ]*?)\s*:\s*(?P<value>.*?)\s*")


def parse(text: str) -> dict[str, Any]:
    """{"synchronized", "stratum", "reference", "system_peer", "offset_ms"}; raises Unparsed."""
    fields: dict[str, str] = {}
    at = 0
    for line in shown_lines(text):
        match = _FIELD.fullmatch(line[1])
        if match is None:
            raise unknown(line, "a line of the NTP status")
        if match["key"].lower() == "clock status":
            at = line[0]
        fields.setdefault(match["key"].lower(), match["value"])
    status = fields.get("clock status", "").lower()
    if status not in ("synchronized", "unsynchronized"):
        raise Unparsed(f"clock status not understood: {status[:30]!r}")
    offset = re.fullmatch(r"(-?[\d.]+)\s*ms", fields.get("clock offset", ""))
    if "clock offset" in fields and offset is None:
        raise Unparsed("clock offset not understood")
    reference = fields.get("reference clock id") or fields.get("reference source")
    return {
        "synchronized": status == "synchronized",
        "stratum": whole(fields["clock stratum"], "stratum") if "clock stratum" in fields else None,
        "reference": None if reference in (None, "", "none", "NONE") else reference,
        "system_peer": fields.get("system peer"),
        "offset_ms": real(offset.group(1), "offset") if offset else None,
        "_line": at,
    }
