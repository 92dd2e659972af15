"""`ceph quorum_status -f json-pretty`.

{"quorum_names": ["a", "b"], "quorum_leader_name": "a", "monmap": {"mons": [{"rank": 0, "name": "a", …}, …]}, …}
"""

from __future__ import annotations

from typing import Any

from xunwei.packs.ceph.answers import get, table
from xunwei.parse.text import Unparsed


def parse(text: str) -> dict[str, Any]:
    """{monitors, leader, total, in_quorum}."""
    data = table(text)
    names = get(data, "quorum_names", list)
    mons = [get(m, "name", str) for m in get(get(data, "monmap", dict), "mons", list)]
    if not mons or not set(names) <= set(mons):
        raise Unparsed("the quorum has members that the map has not")
    monitors = [{"name": n, "in_quorum": n in names} for n in mons]
    return {
        "monitors": monitors,
        "leader": get(data, "quorum_leader_name", str),
        "total": len(mons),
        "in_quorum": len(names),
    }
