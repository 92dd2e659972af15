"""Interfaces: IF-MIB ifTable and ifXTable (RFC 2863).

Sample: `.1.3.6.1.2.1.2.2.1.8.3 = INTEGER: 1`. 64-bit octet counters are taken where the device has them. A port that
is up at 0 Mbit/s tells no speed: null. ifHighSpeed is used when ifSpeed is at its end (4294967295) or missing.
"""

from __future__ import annotations

from typing import Any

from xunwei.packs.snmp_device.reading import clean, unique
from xunwei.parse import Unparsed
from xunwei.parse.snmp import Row, read, table

OPER = {1: "up", 2: "down", 3: "testing", 4: "unknown", 5: "dormant", 6: "notPresent", 7: "lowerLayerDown"}
ADMIN = {1: "up", 2: "down", 3: "testing"}
COLUMNS = {
    "descr": 2, "type": 3, "speed": 5, "mac": 6, "admin": 7, "oper": 8, "in32": 10, "in_discards": 13,
    "in_errors": 14, "out32": 16, "out_discards": 19, "out_errors": 20,
}  # fmt: skip
MORE = {"name": 1, "in64": 6, "out64": 10, "high_speed": 15, "alias": 18}
ETHERNET = (6, 62, 69, 117)
FIBRE_CHANNEL = 56


def parse(raw: str) -> dict[str, Any]:
    """All interfaces, by index. Raises Unparsed when there is none or states are not known."""
    values = read(raw)
    more = {r.index: r for r in table(values, ".1.3.6.1.2.1.31.1.1.1", MORE)}
    rows = table(values, ".1.3.6.1.2.1.2.2.1", COLUMNS)
    rows = [r for r in rows if "oper" in r or "admin" in r or "descr" in r]
    if not rows:
        raise Unparsed("no interface in the answer")
    items = [_interface(row, more.get(row.index, Row((), {}))) for row in rows]
    physical = [i for i in items if i["physical"]]
    return {
        "interfaces": unique(items),
        "count": len(items),
        "physical": len(physical),
        "physical_up": sum(i["oper"] == "up" for i in physical),
    }


def _interface(row: Row, more: Row) -> dict[str, Any]:
    kind = row.integer("type")
    speed = row.integer("speed")
    high = more.integer("high_speed")
    mbits = high if high and (speed in (None, 0, 4294967295)) else round(speed / 1e6, 3) if speed else None
    counters = {
        "in_octets": more.integer("in64") if "in64" in more else row.integer("in32"),
        "out_octets": more.integer("out64") if "out64" in more else row.integer("out32"),
        **{n: row.integer(n) for n in ("in_errors", "out_errors", "in_discards", "out_discards")},
    }
    facts = {
        "name": clean(more.text("name")) or clean(row.text("descr")) or f"interface {row.key}",
        "index": row.index[0],
        "alias": clean(more.text("alias")),
        "type": kind,
        "physical": kind in ETHERNET or kind == FIBRE_CHANNEL,
        "mac": _mac(row),
        "admin": row.word("admin", ADMIN),
        "oper": row.word("oper", OPER),
        "speed_mbits": None if mbits is None else float(mbits),
        **counters,
    }
    return row.at(facts, of="oper")


def _mac(row: Row) -> str | None:
    """Tunnels and Fibre Channel ports have addresses of other lengths: those are no MAC."""
    raw = row.octets("mac")
    return row.mac("mac") if raw is not None and len(raw) == 6 and any(raw) else None
