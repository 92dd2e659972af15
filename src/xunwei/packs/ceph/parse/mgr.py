"""`ceph mgr stat -f json-pretty`.

{"epoch": 5, "available": true, "active_name": "x", "num_standby": 1}
"""

from __future__ import annotations

from typing import Any

from xunwei.packs.ceph.answers import get, table


def parse(text: str) -> dict[str, Any]:
    """{available, active, standbys}."""
    data = table(text)
    standbys = get(data, "num_standby", int)
    return {"available": get(data, "available", bool), "active": get(data, "active_name", str), "standbys": standbys}
