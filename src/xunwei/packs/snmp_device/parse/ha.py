"""High availability: role of this node, and whether the configurations of the nodes agree.

Sources: F5-BIGIP-SYSTEM-MIB sysCmFailoverStatusId, sysCmSyncStatusId; A10-AX-MIB axHAGroupLocalStatus (0 standby
1 active); TOPSEC-MIB role as a word. Sample: `.1.3.6.1.4.1.14331.5.5.1.4.1.0 = STRING: "MASTER"`.
"""

from __future__ import annotations

from typing import Any

from xunwei.packs.snmp_device.reading import clean
from xunwei.parse import Unparsed
from xunwei.parse.snmp import read, scalars, table

F5_ROLES = {0: "unknown", 1: "offline", 2: "forced offline", 3: "standby", 4: "active"}
F5_SYNC = {
    0: "unknown", 1: "syncing", 2: "needs manual sync", 3: "in sync", 4: "sync failed", 5: "disconnected",
    6: "standalone", 7: "awaiting initial sync", 8: "incompatible version", 9: "partial sync",
}  # fmt: skip
A10_ROLES = {0: "standby", 1: "active"}
WORDS = {"master": "active", "backup": "standby", "slave": "standby", "active": "active", "standby": "standby"}


def parse(raw: str) -> dict[str, Any]:
    """Roles by source; `sync` null where the device tells none. Raises Unparsed for roles that are not known."""
    values = read(raw)
    names = {"role": ".1.3.6.1.4.1.3375.2.1.14.3.1.0", "sync": ".1.3.6.1.4.1.3375.2.1.14.1.1.0"}
    row = scalars(values, {**names, "word": ".1.3.6.1.4.1.14331.5.5.1.4.1.0"})
    roles = []
    if "role" in row:
        roles.append(row.at({"name": "f5", "role": row.word("role", F5_ROLES)}, of="role"))
    if "word" in row:
        word = (clean(row.text("word")) or "").lower()
        roles.append(row.at({"name": "topsec", "role": WORDS.get(word, "unknown")}, of="word"))
    for entry in table(values, ".1.3.6.1.4.1.22610.2.4.3.17.2.2.1", {"role": 2}):
        roles.append(entry.at({"name": f"a10 group {entry.key}", "role": entry.word("role", A10_ROLES)}))
    if not roles:
        raise Unparsed("no role in the answer")
    lines = {"sync": row.cells["sync"].line} if "sync" in row else {}
    return {"roles": roles, "sync": row.word("sync", F5_SYNC), "_lines": lines}
