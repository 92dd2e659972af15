"""Optical modules: received and sent power in dBm with the module's own limits.

Sources: HUAWEI-ENTITY-EXTENT-MIB hwOpticalModuleInfoTable (power in µW, or hundredths of dBm when it is negative; -1 and
2147483647: no module; limits in hundredths of dBm), HH3C-TRANSCEIVER-INFO-MIB (hundredths of dBm), SFP table of Brocade.
Sample: `.1.3.6.1.4.1.2011.5.25.31.1.1.3.1.8.67436622 = INTEGER: 78` (µW) = -11.08 dBm.
"""

from __future__ import annotations

import math
from typing import Any

from xunwei.packs.snmp_device.reading import INVALID, Item, called, names, unique
from xunwei.parse import Unparsed
from xunwei.parse.snmp import Row, Values, read, table

HUAWEI = ".1.3.6.1.4.1.2011.5.25.31.1.1.3.1"
H3C = ".1.3.6.1.4.1.25506.2.70.1.1.1"
BROCADE = ".1.3.6.1.4.1.1588.2.1.1.1.28.1.1"
DARK = -40.0  # dBm: below what modules measure
MISSING = "NA"


def parse(raw: str) -> dict[str, Any]:
    """Modules that are there; limits null where the device tells none. Raises Unparsed for what is no power."""
    values = read(raw)
    if not any(values.under(base) for base in (HUAWEI, H3C, BROCADE)):
        raise Unparsed("no optical module in the answer")
    return {"modules": unique(_huawei(values) + _h3c(values) + _brocade(values))}


def _item(name: str, rx: float | None, tx: float | None, low: float | None, high: float | None) -> Item:
    return {"name": name, "rx_dbm": rx, "tx_dbm": tx, "rx_low": low, "rx_high": high}


def _huawei(values: Values) -> list[Item]:
    known = names(values)
    items = []
    columns = {"mode": 1, "volts": 6, "rx": 8, "tx": 9, "low": 13, "high": 14}
    for row in table(values, HUAWEI, columns):
        if (row.integer("volts") or 0) <= 0:
            continue  # no module, or one without diagnostics
        rx, tx = _microwatts(row, "rx"), _microwatts(row, "tx")
        limits = [_hundredths(row, n) for n in ("low", "high")]
        if limits[0] is not None and limits[1] is not None and limits[0] >= limits[1]:
            limits = [None, None]
        items.append(row.at(_item(called(row, known, "module"), rx, tx, *limits), of="rx"))
    return items


def _microwatts(row: Row, column: str) -> float | None:
    value = row.integer(column)
    if value is None or value in INVALID or value == -1:
        return None
    if value < 0:
        return round(value / 100, 2)
    return DARK if value == 0 else round(10 * math.log10(value / 1000), 2)


def _hundredths(row: Row, column: str) -> float | None:
    value = row.integer(column)
    if value is None or value in INVALID or value == -1 or not -6000 <= value <= 3000:
        return None
    return value / 100


def _h3c(values: Values) -> list[Item]:
    items = []
    ports = {r.index: r.text("name") for r in table(values, ".1.3.6.1.2.1.31.1.1.1", {"name": 1})}
    for row in table(values, H3C, {"diagnostic": 8, "tx": 9, "rx": 12, "high": 13, "low": 14}):
        rx, tx = _hundredths(row, "rx"), _hundredths(row, "tx")
        if row.integer("diagnostic") == 2 or (rx is None and tx is None):
            continue
        low, high = _hundredths(row, "low"), _hundredths(row, "high")
        items.append(row.at(_item(ports.get(row.index) or f"port {row.key}", rx, tx, low, high), of="rx"))
    return items


def _brocade(values: Values) -> list[Item]:
    items = []
    for row in table(values, BROCADE, {"rx": 4, "tx": 5}):
        rx, tx = _text_power(row, "rx"), _text_power(row, "tx")
        if rx is not None or tx is not None:
            items.append(row.at(_item(f"FC port {row.index[-1] - 1}", rx, tx, None, None), of="rx"))
    return items


def _text_power(row: Row, column: str) -> float | None:
    word = row.text(column)
    if word is None or word.upper() in (MISSING, "N/A", "-INF", "--"):
        return None
    value = row.numeral(column)
    if value is None or not -100 < value < 30:
        raise Unparsed(f"line {row.line}: {word!r} is not a power")
    return value
