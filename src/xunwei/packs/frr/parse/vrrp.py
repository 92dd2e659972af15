"""`show vrrp json` (FRR documentation, VRRP): [{"vrid": 5, "interface": "eth0", "v4": {"status": "Master", …}, "v6": …}]."""

from __future__ import annotations

from typing import Any

from xunwei.packs.frr.answers import load, maybe, number, rows, table, word
from xunwei.parse.text import Unparsed


def parse(text: str) -> dict[str, Any]:
    """{"groups": [{interface, vrid, family, state, priority}]}; a family without addresses is left out."""
    groups = []
    for value in rows(load(text, "VRRP"), "the answer"):
        item = table(value, "a group")
        for family in ("v4", "v6"):
            half = table(item.get(family, {}), family)
            if not half or half.get("addresses") == []:
                continue
            state = word(half, "status")
            if state not in ("Master", "Backup", "Initialize"):
                raise Unparsed(f"unknown state of a VRRP group: {state[:40]!r}")
            groups.append(
                {"interface": word(item, "interface"), "vrid": number(item, "vrid"), "family": family}
                | {"state": state, "priority": maybe(half, "effectivePriority")}
            )
    return {"groups": groups}
