"""Sockets and TCP counters: /proc/net/sockstat, /proc/net/snmp, /proc/net/netstat, connection tracking (proc(5)).

sockets: used 34
TCP: inuse 1 orphan 0 tw 0 alloc 9 mem 145
Tcp: RtoAlgorithm … OutSegs RetransSegs …        names, then a line of values
Tcp: 1 … 16907 0 …
/proc/sys/net/netfilter/nf_conntrack_count:3
/proc/sys/net/netfilter/nf_conntrack_max:262144
"""

from __future__ import annotations

import re

from xunwei.model import Facts
from xunwei.packs.linux.lines import percent, whole
from xunwei.parse.text import Unparsed, integer

_STAT = re.compile(r"(sockets|TCP|UDP|UDPLITE|RAW|FRAG): ((?:\w+ \d+ ?)+)")
_TABLE = re.compile(r"(Tcp|TcpExt): (.+)")
_TRACK = re.compile(r"/proc/sys/net/netfilter/nf_conntrack_(count|max):(\d+)")


def parse(text: str) -> Facts:
    """Facts of `sockets`. `conntrack_*` is null where connections are not tracked."""
    stat: dict[str, int] = {}
    names: dict[str, list[str]] = {}
    counters: dict[str, int] = {}
    lines: dict[str, int] = {}
    track: dict[str, int] = {}
    for number, line in whole(text):
        match, table, tracked = _STAT.fullmatch(line), _TABLE.fullmatch(line), _TRACK.fullmatch(line)
        if match:
            words = match.group(2).split()
            stat |= {f"{match.group(1)}.{k}": int(v) for k, v in zip(words[::2], words[1::2], strict=True)}
        elif table:
            _row(table.group(1), table.group(2).split(), names, counters)
            lines[table.group(1)] = number
        elif tracked:
            track[tracked.group(1)] = int(tracked.group(2))
            lines["track"] = number
        else:
            raise Unparsed(f"line {number} is not understood: {line[:60]!r}")
    if "sockets.used" not in stat or "TCP.inuse" not in stat:
        raise Unparsed("socket counts not found")
    if {k.split(".")[0] for k in counters} != names.keys():
        raise Unparsed("names of TCP counters without values")
    sent, again = counters.get("Tcp.OutSegs"), counters.get("Tcp.RetransSegs")
    return {
        "used": stat["sockets.used"],
        "tcp": stat["TCP.inuse"],
        "tcp_orphans": stat.get("TCP.orphan", 0),
        "tcp_time_wait": stat.get("TCP.tw", 0),
        "udp": stat.get("UDP.inuse", 0),
        "segments_sent": sent,
        "retransmitted_percent": None if sent is None or again is None else (percent(again, sent) if sent else 0.0),
        "listen_overflows": counters.get("TcpExt.ListenOverflows"),
        "conntrack_count": track.get("count"),
        "conntrack_max": track.get("max"),
        "conntrack_percent": percent(track["count"], track["max"]) if track.get("max") and "count" in track else None,
        "_lines": {"conntrack_percent": lines.get("track", 0), "retransmitted_percent": lines.get("Tcp", 0)}
        | {"listen_overflows": lines.get("TcpExt", 0)},
    }


def _row(kind: str, words: list[str], names: dict[str, list[str]], counters: dict[str, int]) -> None:
    if words[0].isalpha():
        names[kind] = words
        return
    if len(words) != len(names.get(kind, [])):
        raise Unparsed(f"values of {kind} do not fit their names")
    counters |= {f"{kind}.{k}": integer(v, k) for k, v in zip(names[kind], words, strict=True)}
