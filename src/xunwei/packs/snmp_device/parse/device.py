"""Model, serial number and software version: vendors' own objects, else the first chassis of ENTITY-MIB (RFC 6933).

Sample: `.1.3.6.1.4.1.14331.5.5.1.3.2.0 = STRING: "NGFW-X1"`, `.1.3.6.1.2.1.47.1.1.1.1.11.1 = STRING: "2102350ABC"`.
Also the physical inventory: chassis, boards, supplies, fans.
"""

from __future__ import annotations

import re
from typing import Any

from xunwei.packs.snmp_device.reading import Item, clean, unique
from xunwei.parse import Unparsed
from xunwei.parse.snmp import Row, Value, Values, decode, read, table

MODEL = {
    "f5": ".1.3.6.1.4.1.3375.2.1.3.5.2.0", "hpe": ".1.3.6.1.4.1.232.2.2.4.2.0", "netapp": ".1.3.6.1.4.1.789.1.1.5.0",
    "topsec": ".1.3.6.1.4.1.14331.5.5.1.3.2.0", "venus": ".1.3.6.1.4.1.15227.200.1.4.0",
    "vmware": ".1.3.6.1.4.1.6876.1.1.0",
}  # fmt: skip
SERIAL = {
    "a10": ".1.3.6.1.4.1.22610.2.4.1.6.2.0", "dptech": ".1.3.6.1.4.1.31648.3.14.0",
    "f5": ".1.3.6.1.4.1.3375.2.1.3.3.3.0", "hpe": ".1.3.6.1.4.1.232.2.2.2.1.0",
    "infosec": ".1.3.6.1.4.1.27971.3.1.0", "netapp": ".1.3.6.1.4.1.789.1.1.9.0",
    "ruijie": ".1.3.6.1.4.1.4881.1.1.10.2.1.1.24.0", "topsec": ".1.3.6.1.4.1.14331.5.5.1.3.1.0",
    "venus": ".1.3.6.1.4.1.15227.200.1.3.0",
}  # fmt: skip
VERSION = {
    "a10": ".1.3.6.1.4.1.22610.2.4.1.1.1.0", "brocade": ".1.3.6.1.4.1.1588.2.1.1.1.1.6.0",
    "dcn": ".1.3.6.1.4.1.5651.6.7.2.100.1.3.0", "dptech": ".1.3.6.1.4.1.31648.3.3.0",
    "f5": ".1.3.6.1.4.1.3375.2.1.4.2.0", "netapp": ".1.3.6.1.4.1.789.1.1.2.0",
    "ruijie": ".1.3.6.1.4.1.4881.1.1.10.2.1.1.2.0", "sangfor_ac": ".1.3.6.1.4.1.35047.2.1.1.7.0",
    "topsec": ".1.3.6.1.4.1.14331.5.5.1.3.5.0", "venus": ".1.3.6.1.4.1.15227.200.1.5.0",
    "vmware": ".1.3.6.1.4.1.6876.1.2.0",
}  # fmt: skip
CLASSES = {
    1: "other", 2: "unknown", 3: "chassis", 4: "backplane", 5: "container", 6: "power", 7: "fan", 8: "sensor",
    9: "module", 10: "port", 11: "stack", 12: "cpu", 13: "energy", 14: "battery", 15: "storage",
}  # fmt: skip
KEPT = ("chassis", "power", "fan", "module", "stack", "cpu", "storage", "battery")
COLUMNS = {"descr": 2, "class": 5, "name": 7, "software": 10, "serial": 11, "model": 13}
DESCR = ".1.3.6.1.2.1.1.1.0"
IN_DESCR = re.compile(
    r"(?:[Vv]ersion:? *|\bRelease +|\bRel\.)([\w.()-]*\d[\w.()-]*(?:,? (?:Release|Patch|Build) *[\w.()-]+)*)"
)


def parse(raw: str) -> dict[str, Any]:
    """What it is, and its parts; null where nothing tells it. Raises Unparsed for kinds of part that do not exist."""
    values = read(raw)
    if not values:
        raise Unparsed("nothing in the answer")
    parts = _parts(values)
    told = [p for p in parts if p["serial"] or p["model"]]
    chassis = next((p for kind in ("chassis", "stack") for p in told if p["kind"] == kind), None)
    facts: dict[str, Any] = {}
    lines: dict[str, int] = {}
    for name, sources, key in (("model", MODEL, "model"), ("serial", SERIAL, "serial"), ("version", VERSION, "")):
        value, line = _first(values, sources)
        if value is None and chassis is not None and key:
            value, line = chassis[key], chassis["_line"]
        facts[name] = value
        lines |= {name: line} if value else {}
    if facts["version"] is None:
        facts["version"], line = _version(values, parts)
        lines |= {"version": line} if line else {}
    return {**facts, "parts": unique(parts), "_lines": lines}


def _first(values: Values, sources: dict[str, str]) -> tuple[str | None, int]:
    for oid in sources.values():
        value = values.get(oid)
        word = clean(decode(value.data)) if value is not None and isinstance(value.data, bytes) else None
        if value is not None and word:
            return word, value.line
    return None, 0


def _version(values: Values, parts: list[Item]) -> tuple[str | None, int]:
    """From the chassis or main board, else from sysDescr where it says `Version …`."""
    for part in parts:
        if part["software"] and part["kind"] in ("chassis", "stack", "module"):
            return part["software"], part["_line"]
    descr: Value | None = values.get(DESCR)
    if descr is None or not isinstance(descr.data, bytes):
        return None, 0
    match = IN_DESCR.search(decode(descr.data))
    return (match[1], descr.line) if match else (None, 0)


def _parts(values: Values) -> list[Item]:
    parts = []
    for row in table(values, ".1.3.6.1.2.1.47.1.1.1.1", COLUMNS):
        kind = row.word("class", CLASSES)
        if kind in KEPT:
            parts.append(_part(row, kind))
    return parts


def _part(row: Row, kind: str) -> Item:
    facts: Item = {"kind": kind, "name": clean(row.text("name")) or clean(row.text("descr")) or f"entity {row.key}"}
    return row.at(facts | {n: clean(row.text(n)) for n in ("descr", "serial", "model", "software")})
