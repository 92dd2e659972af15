"""What a load balancer says of its virtual servers, pool members and links.

Sources: F5-BIGIP-LOCAL-MIB ltmVsStatusAvailState, ltmPoolMbrStatusAvailState (0 none, 1 available, 2 not available now,
3 not available, 4 unknown, 5 unlicensed); SANGFOR-AD-MIB adLinkStatus (0 offline 1 normal 2 busy).
Sample: `.1.3.6.1.4.1.3375.2.2.10.13.2.1.2.4.47.118.115.49 = INTEGER: 1` (the name is in the index: `/vs1`).
"""

from __future__ import annotations

from typing import Any

from xunwei.packs.snmp_device.reading import clean, unique
from xunwei.parse import Unparsed
from xunwei.parse.snmp import read, table

AVAILABLE = {0: "none", 1: "available", 2: "unavailable", 3: "unavailable", 4: "unknown", 5: "unlicensed"}
LINKS = {0: "unavailable", 1: "available", 2: "busy"}


def parse(raw: str) -> dict[str, Any]:
    """Objects with their state. Raises Unparsed when there is none or a name is not readable."""
    values = read(raw)
    objects = []
    for row in table(values, ".1.3.6.1.4.1.3375.2.2.10.13.2.1", {"state": 2}):
        objects.append(row.at({"kind": "virtual", "name": _texts(row.index)[0], "state": row.word("state", AVAILABLE)}))
    for row in table(values, ".1.3.6.1.4.1.3375.2.2.5.6.2.1", {"state": 5}):
        name = ":".join(_texts(row.index))
        objects.append(row.at({"kind": "member", "name": name, "state": row.word("state", AVAILABLE)}))
    for row in table(values, ".1.3.6.1.4.1.35047.2.2.41.1", {"name": 2, "state": 5}):
        name = clean(row.text("name")) or f"link {row.key}"
        objects.append(row.at({"kind": "link", "name": name, "state": row.word("state", LINKS)}))
    if not objects:
        raise Unparsed("no virtual server, member or link in the answer")
    return {"objects": unique(objects)}


def _texts(index: tuple[int, ...]) -> list[str]:
    """Texts in an index (length, then that many octets), numbers behind them as they are. Raises Unparsed."""
    words: list[str] = []
    at = 0
    while at < len(index):
        size = index[at]
        octets = index[at + 1 : at + 1 + size]
        if len(octets) == size and size > 1 and all(31 < n < 127 for n in octets):
            words.append(bytes(octets).decode("ascii"))
            at += size + 1
        elif words:
            words.append(str(size))
            at += 1
        else:
            raise Unparsed("no name in the index")
    return words
