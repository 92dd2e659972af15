"""`ceph status -f json-pretty` (release 14 and later; before 15 the OSD map is one level deeper).

{"fsid": "…", "osdmap": {"num_osds": 36, "num_up_osds": 36, "num_in_osds": 36, …}, "pgmap": {"pgs_by_state":
 [{"state_name": "active+clean", "count": 512}], "num_pgs": 512, "bytes_total": 100, "bytes_used": 40, …}, "servicemap": …}
Shares of degraded and misplaced objects are only there when there are some.
"""

from __future__ import annotations

from typing import Any

from xunwei.packs.ceph.answers import get, table
from xunwei.parse.text import Unparsed


def parse(text: str) -> dict[str, Any]:
    """Numbers of the cluster; shares in percent, sizes in bytes."""
    data = table(text)
    osdmap = get(data, "osdmap", dict)
    osdmap = osdmap.get("osdmap", osdmap)
    pgmap = get(data, "pgmap", dict)
    states = {get(s, "state_name", str): get(s, "count", int) for s in get(pgmap, "pgs_by_state", list, [])}
    pgs = get(pgmap, "num_pgs", int)
    if sum(states.values()) != pgs:
        raise Unparsed(f"{sum(states.values())} placement groups in states, but {pgs} in all")
    services = get(get(data, "servicemap", dict, {}), "services", dict, {})
    return {
        "fsid": get(data, "fsid", str),
        "osds": get(osdmap, "num_osds", int),
        "osds_up": get(osdmap, "num_up_osds", int),
        "osds_in": get(osdmap, "num_in_osds", int),
        "pgs": pgs,
        "pgs_clean": sum(n for state, n in states.items() if state.startswith("active+clean")),
        "degraded_percent": round(100 * get(pgmap, "degraded_ratio", float, 0.0), 3),
        "misplaced_percent": round(100 * get(pgmap, "misplaced_ratio", float, 0.0), 3),
        "unfound": get(pgmap, "unfound_objects", int, 0),
        "bytes_total": get(pgmap, "bytes_total", int),
        "bytes_used": get(pgmap, "bytes_used", int),
        "services": [{"name": n, "daemons": _daemons(s)} for n, s in sorted(services.items())],
    }


def _daemons(service: Any) -> int:
    """`daemons` has an entry for every daemon, and a `summary` that is none."""
    return len([name for name in get(service, "daemons", dict, {}) if name != "summary"])
