"""`display snmp-agent sys-info` (Comware 5 and 7 command references).

The contact information of the agent:
        ops
The location information of the agent:
        machine room 4F
The SNMP version of the agent:
        SNMPv3
"""

from __future__ import annotations

import re
from typing import Any

from xunwei.packs.hp_comware.comware import shown_lines, unknown
from xunwei.parse.text import Unparsed

_TITLE = re.compile(
    r"\s*(?:The )?(?P<what>contact(?: person)?|(?:physical )?location|SNMP version)\b(?:.*?)(?: of the agent"
    r"| of this managed node| running in the system)?\s*:\s*(?P<value>.*?)\s*",
    re.IGNORECASE,
)
_VERSION = re.compile(r"SNMPv(1|2c|3)")


def parse(text: str) -> dict[str, Any]:
    """{"contact", "location", "versions": e.g. ["v3"]}; raises Unparsed when the versions are not said."""
    found: dict[str, str] = {}
    what = ""
    number = 0
    for line in shown_lines(text):
        if match := _TITLE.fullmatch(line[1]):
            what = next(k for k in ("contact", "location", "version") if k in match["what"].lower())
            found[what] = match["value"]
            number = line[0] if what == "version" else number
        elif what:
            found[what] = f"{found[what]} {line[1].strip()}".strip()
        else:
            raise unknown(line, "SNMP system information")
    words = found.get("version", "")
    versions = _VERSION.findall(words)
    if not versions or re.sub(r"SNMPv(?:1|2c|3)|[\s,/]|and", "", words):
        raise Unparsed(f"SNMP versions not understood: {words[:40]!r}")
    return {
        "contact": found.get("contact") or None,
        "location": found.get("location") or None,
        "versions": sorted({f"v{v}" for v in versions}),
        "_line": number,
    }
