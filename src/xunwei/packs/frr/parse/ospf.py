"""`show ip ospf interface json`: {"interfaces": {"eth1": {"ifUp": true, "nbrCount": 1, …}}}. Recorded (FRR 8.4.4)."""

from __future__ import annotations

from typing import Any

from xunwei.packs.frr.answers import line_of_key, load, maybe, maybe_word, switch, table
from xunwei.parse.text import Unparsed


def parse(text: str) -> dict[str, Any]:
    """{"interfaces": [{name, up, area, state, passive, neighbours, adjacent}]}; raises Unparsed."""
    found = table(load(text, "OSPF interfaces"), "the answer")
    if "interfaces" not in found:
        raise Unparsed("no list of OSPF interfaces in the answer")
    interfaces = []
    for name, value in table(found["interfaces"], "interfaces").items():
        item = table(value, name)
        if item.get("ospfEnabled") is False or item.get("ospfRunning") is False:
            continue
        interfaces.append(
            {
                "name": name,
                "up": switch(item, "ifUp"),
                "area": maybe_word(item, "area"),
                "state": maybe_word(item, "state"),
                "passive": item.get("timerPassiveIface") is True,
                "neighbours": maybe(item, "nbrCount"),
                "adjacent": maybe(item, "nbrAdjacentCount"),
                "_line": line_of_key(text, name),
            }
        )
    return {"interfaces": interfaces}
