"""`show ip ospf neighbor json`: {"neighbors": {"192.0.2.2": [{"nbrState": "Full/-", …}]}}. Recorded (FRR 8.4.4).

Releases before 8.0 have the lists without the `neighbors` level, and say `state` for `nbrState`.
"""

from __future__ import annotations

import re
from typing import Any

from xunwei.packs.frr.answers import Object, line_of_key, load, maybe, maybe_word, rows, table, word
from xunwei.parse.text import Unparsed


def parse(text: str) -> dict[str, Any]:
    """{"neighbours": [{router_id, address, interface, state, role, dead_ms, queued}]}; raises Unparsed."""
    found = table(load(text, "OSPF neighbours"), "the answer")
    routers = table(found.get("neighbors", found), "neighbors")
    neighbours = []
    for router, items in routers.items():
        if not re.fullmatch(r"\d{1,3}(?:\.\d{1,3}){3}", router):
            raise Unparsed(f"not a router id: {router[:40]!r}")
        neighbours += [_neighbour(router, table(i, router), line_of_key(text, router)) for i in rows(items, router)]
    return {"neighbours": neighbours}


def _neighbour(router: str, item: Object, line: int) -> dict[str, Any]:
    state, _, role = (maybe_word(item, "nbrState") or word(item, "state")).partition("/")
    if state not in ("Down", "Deleted", "Attempt", "Init", "2-Way", "ExStart", "Exchange", "Loading", "Full"):
        raise Unparsed(f"unknown state of an OSPF neighbour: {state[:40]!r}")
    name = maybe_word(item, "ifaceName")
    return {
        "router_id": router,
        "address": maybe_word(item, "ifaceAddress") or maybe_word(item, "address"),
        "interface": name.partition(":")[0] if name else None,
        "state": state,
        "role": role or None,
        "dead_ms": maybe(item, "routerDeadIntervalTimerDueMsec") or maybe(item, "deadTimeMsecs"),
        "queued": maybe(item, "linkStateRetransmissionListCounter") or maybe(item, "retransmitCounter"),
        "_line": line,
    }
