"""`virsh vol-list --details` of every running pool.

== data
 Name      Path         Type   Capacity   Allocation
------------------------------------------------------
 a.qcow2   /v/a.qcow2   file   1.00 GiB   196.00 KiB
-- end
Sizes as far as virsh tells them: three digits or so.
"""

from __future__ import annotations

from typing import Any

from xunwei.packs.libvirt.answers import parts, size, table

_HEADER = ("Name", "Path", "Type", "Capacity", "Allocation")


def parse(text: str) -> dict[str, Any]:
    """{pools}: how many volumes, what they may grow to and what they take, in bytes."""
    pools = []
    for name, line, rows in parts(text):
        found = table(rows, _HEADER)
        promised, taken = (sum(size(cells[n]) for _, cells in found) for n in (3, 4))
        pools.append({
            "_line": line, "name": name, "volumes": len(found), "promised_bytes": float(promised),
            "allocated_bytes": float(taken),
        })  # fmt: skip
    return {"pools": pools}
