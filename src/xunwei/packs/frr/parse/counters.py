"""`/proc/net/dev` (proc(5)): receive and transmit counters of every interface.

Inter-|   Receive                                                |  Transmit
 face |bytes    packets errs drop fifo frame compressed multicast|bytes    packets errs drop fifo colls carrier compressed
  eth1:   18812     201    0    0    0     0          0         0    19004     203    0    0    0     0       0          0
"""

from __future__ import annotations

import re
from typing import Any

from xunwei.parse.text import Unparsed, integer, table

_HEAD = re.compile(
    r"^ face \|bytes\s+packets errs drop fifo frame compressed multicast\|bytes\s+packets errs drop fifo colls carrier"
)
_ROW = re.compile(r"\s*(?P<name>\S+):\s*(?P<numbers>\d+(?:\s+\d+){15})")


def parse(text: str) -> dict[str, Any]:
    """{"interfaces": [{name, in_packets, in_errors, …}]}; raises Unparsed."""
    found: list[dict[str, Any]] = []
    for line, row in table(text, _HEAD, _ROW):
        n = [integer(w) for w in row["numbers"].split()]
        found.append(
            {"name": row["name"], "in_packets": n[1], "in_errors": n[2], "in_drops": n[3]}
            | {"out_packets": n[9], "out_errors": n[10], "out_drops": n[11], "_line": line}
        )
    if not found:
        raise Unparsed("no interface in the table")
    return {"interfaces": found}
