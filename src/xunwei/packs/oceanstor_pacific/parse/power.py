"""`POST /api/v2/hwm/power`, once for each node. Status normal or fault.

Sample: {"data": [{"frame_sn": "2102LAB0000000000001", "management_ips": ["192.0.2.81"], "name": "Power0", "status": "normal"}],
"result": {"code": 0}}
"""

from __future__ import annotations

from typing import Any

from xunwei.packs.oceanstor_pacific.cluster import parts


def parse(raw: str) -> dict[str, Any]:
    """Parts of every chassis. Raises Unparsed."""
    return {"supplies": parts(raw, "power")}
