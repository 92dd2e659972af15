"""`ceph crash ls-new -f json-pretty`: crashes that nobody has archived.

[{"crash_id": "2026-11-20T02:00:00.1Z_c0ffee", "entity_name": "osd.3", "timestamp": "2026-11-20T02:00:00.123456Z", …}]
"""

from __future__ import annotations

import re
from typing import Any

from xunwei.packs.ceph.answers import get, load, numbered
from xunwei.parse.text import Unparsed


def parse(text: str) -> dict[str, Any]:
    """{crashes}; times ISO 8601 UTC."""
    data = load(text)
    if not isinstance(data, list):
        raise Unparsed("not a list of crashes")
    crashes = []
    for entry in data:
        stamp = get(entry, "timestamp", str)
        if not re.match(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d", stamp):
            raise Unparsed(f"a crash at {stamp[:30]!r}")
        time = stamp[:19].replace(" ", "T") + "Z"
        crashes.append({"id": get(entry, "crash_id", str), "entity": get(entry, "entity_name", str), "time": time})
    return {"crashes": numbered(crashes, text, "crash_id")}
