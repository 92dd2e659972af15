"""Virtual machines of an ESXi host: VMWARE-VMINFO-MIB vmwVmTable.

Sample: `.1.3.6.1.4.1.6876.2.1.1.6.12 = STRING: "powered on"`, `.8.12 = STRING: "running"` (guest, by VMware Tools).
"""

from __future__ import annotations

from typing import Any

from xunwei.packs.snmp_device.reading import clean, unique
from xunwei.parse import Unparsed
from xunwei.parse.snmp import read, table

POWER = {"poweredon": "on", "poweredoff": "off", "suspended": "suspended"}


def parse(raw: str) -> dict[str, Any]:
    """Machines with power state and what Tools say of the guest. Raises Unparsed for a state that is not known."""
    machines = []
    for row in table(read(raw), ".1.3.6.1.4.1.6876.2.1.1", {"name": 2, "power": 6, "guest": 8}):
        word = (clean(row.text("power")) or "").replace(" ", "").lower()
        if word not in POWER:
            raise Unparsed(f"line {row.line}: power state {word!r}")
        guest = (clean(row.text("guest")) or "unknown").lower()
        name = clean(row.text("name")) or f"VM {row.key}"
        machines.append(row.at({"name": name, "power": POWER[word], "guest": guest}, of="power"))
    if not machines:
        raise Unparsed("no virtual machine in the answer")
    return {"machines": unique(machines), "on": sum(m["power"] == "on" for m in machines)}
