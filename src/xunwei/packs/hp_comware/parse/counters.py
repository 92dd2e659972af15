"""`display counters inbound interface`: packets per interface (Comware 7 command reference).

Interface         Total (pkts)   Broadcast (pkts)   Multicast (pkts)  Err (pkts)
GE1/0/1                    100                 10                 20           0
Overflow: More than 14 digits (7 digits for column "Err").
      --: Not supported.
"""

from __future__ import annotations

import re
from typing import Any

from xunwei.packs.hp_comware.comware import IFNAME, maybe, shown_lines, unknown
from xunwei.parse.text import Unparsed

_HEADER = re.compile(
    r"\s*Interface\s+Total ?\(pkts\)\s+Broadcast ?\(pkts\)\s+Multicast ?\(pkts\)\s+Err ?\(pkts\)\s*", re.IGNORECASE
)
_ROW = re.compile(
    rf"\s*(?P<name>{IFNAME})\s+(?P<total>\S+)\s+(?P<broadcast>\S+)\s+(?P<multicast>\S+)\s+(?P<errors>\S+)\s*"
)
_FOOT = re.compile(r"\s*(?:Overflow|-+|NA)\s*:.*", re.IGNORECASE)
_KEYS = ("total", "broadcast", "multicast", "errors")


def parse(text: str) -> dict[str, Any]:
    """{"interfaces": [{name, total, broadcast, multicast, errors}]}: null where not counted or overflown."""
    found: list[dict[str, Any]] = []
    headed = ended = False
    for line in shown_lines(text):
        if _HEADER.fullmatch(line[1]):
            headed = True
        elif headed and _FOOT.fullmatch(line[1]):
            ended = True
        elif ended and re.match(r"\s{4,}\S", line[1]):
            continue
        elif headed and not ended and (row := _ROW.fullmatch(line[1])):
            numbers = {key: None if row[key].lower() == "overflow" else maybe(row[key], key) for key in _KEYS}
            found.append({"name": row["name"], **numbers, "_line": line[0]})
        else:
            raise unknown(line, "a row of the counter table")
    if not found:
        raise Unparsed("no interface counters found")
    return {"interfaces": found}
