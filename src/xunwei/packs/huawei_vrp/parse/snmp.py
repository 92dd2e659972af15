"""`display snmp-agent sys-info`: SNMP versions that the device answers.

       The contact person for this managed node:
               netops@example.org
       The physical location of this node:
               Room 1
       SNMP version running in the system:
               SNMPv3

From the command references; `SNMP Agent disabled` when it is off.
"""

from __future__ import annotations

import re
from typing import Any

from xunwei.packs.huawei_vrp.vrp import body, says
from xunwei.parse import Unparsed

_OFF = (r"SNMP agent (?:is )?(?:disabled|not enabled)", r"SNMP agent has not been enabled", r"SNMP is not enabled")
_HEAD = re.compile(r"\s*SNMP version running in (?:the )?system\s*:\s*(.*)", re.IGNORECASE)
_VERSIONS = re.compile(r"\s*(?:SNMPv(?:1|2c|3)[\s,]*)+", re.IGNORECASE)


def parse(text: str) -> dict[str, Any]:
    """Facts of `snmp`: `versions` as v1, v2c, v3; empty when the agent is off."""
    found = body(text, benign=_OFF)
    if len(found) <= 2 and says(found, *_OFF):
        return {"enabled": False, "versions": []}
    for index, line in enumerate(found):
        match = _HEAD.fullmatch(line.text)
        if match is None:
            continue
        rest = match.group(1) or (found[index + 1].text if index + 1 < len(found) else "")
        if not _VERSIONS.fullmatch(rest):
            raise Unparsed(f"not a list of SNMP versions: {rest.strip()[:60]!r}")
        return {
            "enabled": True,
            "versions": sorted({v.lower()[4:] for v in re.findall(r"SNMPv(?:1|2c|3)", rest, re.IGNORECASE)}),
            "_line": line.number + (0 if match.group(1) else 1),
        }
    raise Unparsed("SNMP version not found")
