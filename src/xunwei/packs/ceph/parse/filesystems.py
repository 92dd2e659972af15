"""`ceph mds stat -f json-pretty`.

{"fsmap": {"standbys": [{"name": "c", …}], "filesystems": [{"mdsmap": {"fs_name": "docs", "max_mds": 1, "in": [0],
  "up": {"mds_0": 4711}, "failed": [], "damaged": [], "info": {"gid_4711": {"state": "up:active", …}}, …}}]}, …}
"""

from __future__ import annotations

from typing import Any

from xunwei.packs.ceph.answers import get, table


def parse(text: str) -> dict[str, Any]:
    """{filesystems, standbys}; ranks are those the file system should have."""
    fsmap = get(table(text), "fsmap", dict)
    found = []
    for entry in get(fsmap, "filesystems", list):
        mdsmap = get(entry, "mdsmap", dict)
        states = [get(i, "state", str) for i in get(mdsmap, "info", dict).values()]
        found.append({
            "name": get(mdsmap, "fs_name", str), "ranks": get(mdsmap, "max_mds", int), "active": states.count("up:active"),
            "failed": len(get(mdsmap, "failed", list, [])), "damaged": len(get(mdsmap, "damaged", list, [])),
        })  # fmt: skip
    return {"filesystems": found, "standbys": len(get(fsmap, "standbys", list))}
