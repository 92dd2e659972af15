"""`show ip route summary json`: {"routes": [{"type": "ospf", "rib": 4, "fib": 4}], "routesTotal": 9, …}. Recorded (8.4.4)."""

from __future__ import annotations

from typing import Any

from xunwei.packs.frr.answers import load, number, rows, table, word
from xunwei.parse.text import Unparsed


def parse(text: str) -> dict[str, Any]:
    """{"total", "installed", "types": [{type, rib, fib}]}; raises Unparsed."""
    found = table(load(text, "route summary"), "the answer")
    types: dict[str, dict[str, Any]] = {}
    for item in rows(found.get("routes"), "routes"):
        row = table(item, "a row")
        name = word(row, "type")
        if name in types:
            raise Unparsed(f"type {name!r} stands twice")
        types[name] = {"type": name, "rib": number(row, "rib"), "fib": number(row, "fib")}
    facts = {"total": number(found, "routesTotal"), "installed": number(found, "routesTotalFib")}
    if sum(t["rib"] for t in types.values()) != facts["total"]:
        raise Unparsed("the rows do not sum up to the total")
    return {**facts, "types": list(types.values())}
