"""`ipmitool chassis status` (simulator; ipmitool(1)):

System Power         : on
Main Power Fault     : false
Chassis Intrusion    : inactive
Drive Fault          : false
"""

from __future__ import annotations

from xunwei.model import Facts
from xunwei.packs.ipmi.lines import only, pairs, want, yes_no

TRUTH = {
    "overload": "Power Overload", "main_power_fault": "Main Power Fault", "power_control_fault": "Power Control Fault",
    "drive_fault": "Drive Fault", "cooling_fault": "Cooling/Fan Fault",
}  # fmt: skip
ACTIVE = {"interlock": "Power Interlock", "intrusion": "Chassis Intrusion"}
MISSING_OK = ("drive_fault", "cooling_fault", "intrusion")  # the last byte is optional in old firmware


def parse(text: str) -> Facts:
    """Chassis facts. Raises Unparsed."""
    part = only(text)
    found = pairs(part)
    lines = {"power_on": found.get("System Power", ("", 0))[1]}
    facts: Facts = {
        "power_on": yes_no(want(found, "System Power"), "on", "off", "System Power"),
        "restore_policy": want(found, "Power Restore Policy"),
        "last_event": found.get("Last Power Event", ("", 0))[0] or None,
    }
    for words, keys in ((("true", "false"), TRUTH), (("active", "inactive"), ACTIVE)):
        for fact, key in keys.items():
            if key not in found and fact in MISSING_OK:
                facts[fact] = None
                continue
            facts[fact] = yes_no(want(found, key), *words, key)
            lines[fact] = found[key][1]
    return {**facts, "_lines": lines}
