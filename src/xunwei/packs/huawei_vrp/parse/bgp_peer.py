"""`display bgp peer`: BGP neighbours.

     BGP local router ID        : 192.0.2.1
     Local AS number            : 64512
     Total number of peers      : 1
     Peers in established state : 1

      Peer            V          AS  MsgRcvd  MsgSent  OutQ  Up/Down       State  PrefRcv
      192.0.2.9       4       64513    47622    49953     0  626h43m Established      551

Recorded on NE40E.
"""

from __future__ import annotations

import re
from typing import Any

from xunwei.packs.huawei_vrp.vrp import body, fail, silent, whole
from xunwei.parse import Unparsed

_KEYS = re.compile(
    r"\s*(BGP local router ID|Local AS number|Total number of peers|Peers in established state"
    r"|Total number of dynamic peers)\s*:\s*(\S+)(?:\s{2,}.*)?",
    re.IGNORECASE,
)
_BESIDE = re.compile(r"\s*Status codes:.*", re.IGNORECASE)
_HEAD = re.compile(r"\s*Peer\s+V\s+AS\s+MsgRcvd\s+MsgSent\s+OutQ\s+Up/Down\s+State\s+Pref\s?Rcv\s*", re.IGNORECASE)
_ROW = re.compile(
    r"\s*(?P<peer>\*?[0-9a-fA-F.:]+)\s+4\s+(?P<as>\d+(?:\.\d+)?)\s+(?P<in>\d+)\s+(?P<out>\d+)\s+(?P<queue>\d+)\s+(?P<since>\S+)\s+"
    r"(?P<state>Established|Idle(?:\(\w+\))?|Connect|Active|OpenSent|OpenConfirm|No neg)\s+(?P<prefixes>\d+)"
)


def parse(text: str) -> dict[str, Any]:
    """Facts of `bgp_peer`: as many peers as the device counts, or Unparsed. State in lower case.

    Without BGP `local_as` is null.
    """
    if silent(text):
        # Nothing but the echo or a time stamp: the device says nothing where BGP does not run.
        return {"local_as": None, "router_id": None, "total": 0, "peers": []}
    keys: dict[str, str] = {}
    peers: list[dict[str, Any]] = []
    header = False
    for line in body(text):
        if _HEAD.fullmatch(line.text):
            header = True
        elif header:
            match = _ROW.fullmatch(line.text)
            if match is None:
                fail(line, "a row of the table of BGP peers")
            peers.append(
                {
                    "peer": match["peer"].lstrip("*"),
                    "as": match["as"],
                    "state": match["state"].lower(),
                    "since": match["since"],
                    "prefixes": whole(match["prefixes"]),
                    "_line": line.number,
                }
            )
        elif match := _KEYS.fullmatch(line.text):
            keys[match.group(1).lower()] = match.group(2)
        elif not _BESIDE.fullmatch(line.text):
            fail(line, "a line of the BGP summary")
    if "total number of peers" not in keys or "local as number" not in keys:
        raise Unparsed("BGP summary not found")
    total = whole(keys["total number of peers"])
    if total != len(peers):
        raise Unparsed(f"{total} peers announced, {len(peers)} listed")
    return {
        "local_as": keys["local as number"],
        "router_id": keys.get("bgp local router id"),
        "total": total,
        "peers": peers,
    }
