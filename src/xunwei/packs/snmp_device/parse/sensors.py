"""ENTITY-SENSOR-MIB (RFC 3433): any sensor, with unit and operational state.

Sample: `.1.3.6.1.2.1.99.1.1.1.4.1001 = INTEGER: 345`, scale 8 (milli) or 9 (units), precision = digits behind the point.
"""

from __future__ import annotations

from typing import Any

from xunwei.packs.snmp_device.reading import called, names, unique
from xunwei.parse import Unparsed
from xunwei.parse.snmp import Row, read, table

UNITS = {
    1: "", 2: "", 3: "V AC", 4: "V DC", 5: "A", 6: "W", 7: "Hz", 8: "°C", 9: "%RH", 10: "rpm", 11: "cmm", 12: "",
    13: "", 14: "dBm",
}  # fmt: skip
STATES = {1: "ok", 2: "unavailable", 3: "nonoperational"}
OVERFLOW = 1_000_000_000


def parse(raw: str) -> dict[str, Any]:
    """Sensors; value null when the sensor says so. Raises Unparsed for types, scales or states that do not exist."""
    values = read(raw)
    rows = table(values, ".1.3.6.1.2.1.99.1.1.1", {"type": 1, "scale": 2, "precision": 3, "value": 4, "state": 5})
    if not rows:
        raise Unparsed("no sensor in the answer")
    known = names(values)
    items = []
    for row in rows:
        unit = row.word("type", UNITS)
        facts = {
            "name": called(row, known, "sensor"),
            "unit": unit,
            "value": _value(row),
            "state": row.word("state", STATES),
        }
        items.append(row.at(facts, of="value"))
    return {"sensors": unique(items)}


def _value(row: Row) -> float | None:
    raw, scale, precision = row.integer("value"), row.integer("scale"), row.integer("precision")
    if raw is None or scale is None or precision is None or abs(raw) >= OVERFLOW or row.integer("state") != 1:
        return None
    if not 1 <= scale <= 17 or not -8 <= precision <= 9:
        raise Unparsed(f"line {row.line}: scale {scale} or precision {precision} does not exist")
    value = raw * 10.0 ** (3 * (scale - 9) - precision)
    return round(value, 9)
