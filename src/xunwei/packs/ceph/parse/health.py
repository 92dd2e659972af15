"""`ceph health detail -f json-pretty` (release 12 and later).

{"status": "HEALTH_WARN", "checks": {"OSD_DOWN": {"severity": "HEALTH_WARN", "summary": {"message": "1 osds down",
 "count": 1}, "detail": [{"message": "osd.2 (root=default,host=n1) is down"}], "muted": false}}, "mutes": []}
"""

from __future__ import annotations

import re
from typing import Any

from xunwei.packs.ceph.answers import get, table
from xunwei.parse.text import Unparsed

_STATES = ("HEALTH_OK", "HEALTH_WARN", "HEALTH_ERR")
_SLOW = re.compile(r"(\d+) slow (?:ops|requests).*?blocked (?:for|>) ?(\d+) sec")


def parse(text: str) -> dict[str, Any]:
    """{status, checks, slow_ops, slow_seconds, insecure_global_id}; one slow operation that nobody counted is still one."""
    data = table(text)
    status = get(data, "status", str)
    checks = [_check(name, entry, text) for name, entry in get(data, "checks", dict).items()]
    if status not in _STATES or (status == "HEALTH_OK" and any(not c["muted"] for c in checks)):
        raise Unparsed(f"status {status[:20]!r} does not go with {len(checks)} checks")
    if status != "HEALTH_OK" and not checks:
        raise Unparsed(f"{status} without a reason")
    slow = next((c for c in checks if c["name"] == "SLOW_OPS"), None)
    found = _SLOW.search(slow["message"]) if slow else None
    if slow and found is None:
        raise Unparsed(f"SLOW_OPS is not understood: {slow['message'][:60]!r}")
    return {
        "status": status, "checks": checks, "slow_ops": int(found.group(1)) if found else 0,
        "slow_seconds": int(found.group(2)) if found else 0,
        "insecure_global_id": any(c["name"].startswith("AUTH_INSECURE_GLOBAL_ID_RECLAIM") for c in checks),
    }  # fmt: skip


def _check(name: str, entry: Any, text: str) -> dict[str, Any]:
    severity, summary = get(entry, "severity", str), get(entry, "summary", dict)
    if severity not in _STATES:
        raise Unparsed(f"{name}: severity {severity[:20]!r}")
    detail = [get(d, "message", str) for d in get(entry, "detail", list, [])]
    place = text.find(f'"{name}"')
    return {
        "_line": text.count("\n", 0, place) + 1 if place >= 0 else 0, "name": name, "severity": severity,
        "message": get(summary, "message", str), "count": get(summary, "count", int, None),
        "muted": get(entry, "muted", bool, False), "detail": "; ".join(detail[:5]),
    }  # fmt: skip
