"""`virsh snapshot-list` of every machine.

== vm-1
 Name    Creation Time               State
----------------------------------------------
 snap1   2026-11-25 12:24:13 +0000   shutoff
-- end
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from xunwei.packs.libvirt.answers import parts, table
from xunwei.parse.text import Unparsed


def parse(text: str) -> dict[str, Any]:
    """{domains, snapshots}: how many machines were looked at; times ISO 8601 UTC."""
    found = parts(text)
    snapshots = [
        {"_line": number, "domain": domain, "name": name, "created": _utc(created), "state": state}
        for domain, _, rows in found
        for number, (name, created, state) in table(rows, ("Name", "Creation Time", "State"))
    ]
    return {"domains": len(found), "snapshots": snapshots}


def _utc(words: str) -> str:
    try:
        when = dt.datetime.strptime(words, "%Y-%m-%d %H:%M:%S %z")
    except ValueError:
        raise Unparsed(f"not a time: {words[:40]!r}") from None
    return when.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
