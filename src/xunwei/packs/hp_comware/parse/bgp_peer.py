"""`display bgp peer ipv4` (recording: Comware 7; the same table in Comware 5's `display bgp peer`).

BGP local router ID: 192.0.2.1
Local AS number: 64500
Total number of peers: 1                 Peers in established state: 1
 Peer                    AS  MsgRcvd  MsgSent OutQ PrefRcv Up/Down  State
 192.0.2.2            64501      101      113    0       1 0286h47m Established
"""

from __future__ import annotations

import re
from typing import Any

from xunwei.packs.hp_comware.comware import ipv4, shown_lines, unknown, whole
from xunwei.parse.text import Unparsed

_STATES = ("Idle", "Idle(Admin)", "Connect", "Active", "OpenSent", "OpenConfirm", "Established", "No Neg", "No neg")
_ROW = re.compile(
    r"\s*\*?\s*(?P<peer>\d\S*)\s+(?P<asn>\d+(?:\.\d+)?)\s+(?P<rcvd>\d+)\s+(?P<sent>\d+)\s+(?P<queue>\d+)\s+(?P<prefixes>\d+)"
    r"\s+(?P<time>\S+)\s+(?P<state>\S.*?)\s*"
)
_ROUTER = re.compile(r"\s*BGP local router ID\s*:\s*(\S+)\s*")
_LOCAL = re.compile(r"\s*Local AS number\s*:\s*(\d+(?:\.\d+)?)\s*")
_TOTAL = re.compile(r"\s*Total number of peers\s*:\s*(\d+)\s+Peers in established state\s*:\s*(\d+)\s*")
_HEADER = re.compile(r"\s*Peer\s+AS\s+MsgRcvd\s+MsgSent\s+OutQ\s+PrefRcv\s+Up/Down\s+State\s*")


def parse(text: str) -> dict[str, Any]:
    """{"router_id", "local_as", "peers": [{peer, remote_as, received, sent, queue, prefixes, up_down, state}]}."""
    peers: list[dict[str, Any]] = []
    router = local = None
    totals: tuple[int, int] | None = None
    headed = False
    for line in shown_lines(text):
        if match := _ROUTER.fullmatch(line[1]):
            router = ipv4(match.group(1), "router ID")
        elif match := _LOCAL.fullmatch(line[1]):
            local = match.group(1)
        elif match := _TOTAL.fullmatch(line[1]):
            totals = (whole(match.group(1), "peers"), whole(match.group(2), "established"))
        elif _HEADER.fullmatch(line[1]):
            headed = True
        elif re.fullmatch(r"\s*\* - Dynamically created peer\s*", line[1]):
            continue
        elif headed and (match := _ROW.fullmatch(line[1])):
            peers.append(_peer(line[0], match))
        else:
            raise unknown(line, "part of the BGP peer table")
    if not headed or totals is None:
        raise Unparsed("BGP peer table not complete")
    if totals != (len(peers), sum(p["state"] == "Established" for p in peers)):
        raise Unparsed(f"{totals[0]} peers ({totals[1]} established) announced, {len(peers)} read")
    return {"router_id": router, "local_as": local, "peers": peers}


def _peer(number: int, row: re.Match[str]) -> dict[str, Any]:
    if row["state"] not in _STATES:
        raise Unparsed(f"line {number}: not a BGP state: {row['state'][:30]!r}")
    return {
        "peer": ipv4(row["peer"], "peer"),
        "remote_as": row["asn"],
        "received": whole(row["rcvd"], "MsgRcvd"),
        "sent": whole(row["sent"], "MsgSent"),
        "queue": whole(row["queue"], "OutQ"),
        "prefixes": whole(row["prefixes"], "PrefRcv"),
        "up_down": row["time"],
        "state": row["state"],
        "_line": number,
    }
