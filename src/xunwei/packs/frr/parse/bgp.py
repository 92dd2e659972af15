"""`show bgp summary json`: {"ipv4Unicast": {"as": 65001, "peers": {"198.51.100.2": {"state": "Established", …}}}}.

Recorded (FRR 8.4.4). Without BGP in the configuration the answer is {} or `% No BGP neighbors found`.
"""

from __future__ import annotations

import re
from typing import Any

from xunwei.packs.frr.answers import Object, line_of_key, load, maybe, number, table, word
from xunwei.parse.text import Unparsed

_STATES = ("Idle", "Connect", "Active", "OpenSent", "OpenConfirm", "Established", "Clearing", "Deleted")


def parse(text: str) -> dict[str, Any]:
    """{"peers": [{family, peer, remote_as, state, …}]}; raises Unparsed."""
    if re.fullmatch(r"\s*%?\s*(?:No BGP neighbors found(?: in [^\n]{1,60})?|BGP instance not found)\s*", text):
        return {"peers": []}
    found = table(load(text, "BGP summary"), "the answer")
    peers: list[dict[str, Any]] = []
    for family, value in found.items():
        if family in ("totalPeers", "warning"):
            continue
        body = table(value, family)
        if "peers" not in body:
            raise Unparsed(f"{family}: no peers in the answer")
        at = max(text.find(f'"{family}"'), 0)
        for name, peer in table(body["peers"], f"{family} peers").items():
            peers.append(_peer(family, name, table(peer, name), line_of_key(text, name, at)))
    return {"peers": peers}


def _peer(family: str, name: str, item: Object, line: int) -> dict[str, Any]:
    state = word(item, "state")
    bare = state.partition(" ")[0]
    if bare not in _STATES:
        raise Unparsed(f"unknown state of a BGP peer: {state[:40]!r}")
    up = number(item, "peerUptimeMsec") / 1000 if item.get("peerUptimeMsec") is not None else None
    return {
        "name": f"{name} {family}",
        "family": family,
        "peer": name,
        "remote_as": maybe(item, "remoteAs"),
        "state": bare,
        "admin_down": "Admin" in state or item.get("peerState") == "Admin",
        "prefixes": maybe(item, "pfxRcd") if item.get("pfxRcd") is not None else maybe(item, "prefixReceivedCount"),
        "uptime_seconds": up,
        "dropped": maybe(item, "connectionsDropped"),
        "out_queue": maybe(item, "outq"),
        "_line": line,
    }
