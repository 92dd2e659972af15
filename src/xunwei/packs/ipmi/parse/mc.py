"""`ipmitool mc info` (simulator; ipmitool(1)):

Firmware Revision         : 3.18
IPMI Version              : 2.0
Device Available          : yes
"""

from __future__ import annotations

from xunwei.model import Facts
from xunwei.packs.ipmi.lines import only, pairs, want, yes_no


def parse(text: str) -> Facts:
    """Controller facts. Raises Unparsed."""
    part = only(text)
    found = pairs(part, more=True)
    name = found.get("Manufacturer Name", ("", 0))[0]
    keys = {"firmware": "Firmware Revision", "available": "Device Available"}
    return {
        "firmware": want(found, "Firmware Revision"),
        "ipmi_version": want(found, "IPMI Version"),
        "manufacturer": None if not name or name.startswith("Unknown") else name,
        "available": yes_no(want(found, "Device Available").partition(" ")[0], "yes", "no", "Device Available"),
        "_lines": {fact: found[key][1] for fact, key in keys.items()},
    }
