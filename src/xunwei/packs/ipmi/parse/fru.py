"""`ipmitool fru print` (simulator; ipmitool(1)):

FRU Device Description : Builtin FRU Device (ID 0)
 Product Name          : RH2288H V3
 Product Serial        : 2102312XGA0000000042

FRU Device Description : PSU2 (ID 4)
 Device not present (Requested sensor, data, or record not found)
"""

from __future__ import annotations

import re
from typing import Any

from xunwei.model import Facts
from xunwei.packs.ipmi.lines import distinct, only
from xunwei.parse import Unparsed

_HEAD = re.compile(r"FRU Device Description : (.*) \(ID (\d+)\)")
_FIELDS = {
    "manufacturer": ("Product Manufacturer", "Board Mfg"), "product": ("Product Name", "Board Product"),
    "serial": ("Product Serial", "Board Serial"), "part": ("Product Part Number", "Board Part Number"),
}  # fmt: skip


def parse(text: str) -> Facts:
    """All units; model and serial are those of the builtin device (ID 0), its product area first. Raises Unparsed."""
    part = only(text)
    units: list[dict[str, Any]] = []
    found: list[tuple[str, int, dict[str, tuple[str, int]]]] = []
    present = True
    for number, line in part.lines:
        head = _HEAD.fullmatch(line.strip())
        if head:
            present = True
            found.append((head[2], number, {}))
            units.append({"name": head[1].strip() or f"FRU {head[2]}", "_line": number})
            continue
        if not units:
            raise Unparsed(f"line {number} belongs to no unit: {line[:60]!r}")
        if line.strip().startswith(("Device not present", "Unknown FRU header", "FRU Read failed", "Timeout")):
            present = False
        key, colon, value = line.strip().partition(":")
        if colon and value.strip():
            found[-1][2].setdefault(key.strip(), (value.strip(), number))
        units[-1]["present"] = present
    if not units:
        raise Unparsed("no units in the answer")
    for unit, (_, _, fields) in zip(units, found, strict=True):
        unit |= {name: _first(fields, keys) for name, keys in _FIELDS.items()}
        unit["present"] = unit.get("present", True)
    main = next((fields for number, _, fields in found if number == "0"), {})
    return {
        "manufacturer": _first(main, _FIELDS["manufacturer"]), "model": _first(main, _FIELDS["product"]),
        "serial": _first(main, _FIELDS["serial"]), "asset_tag": _first(main, ("Product Asset Tag",)), "units": distinct(units),
        "_lines": {"serial": main.get("Product Serial", ("", 1))[1]},
    }  # fmt: skip


def _first(fields: dict[str, tuple[str, int]], keys: tuple[str, ...]) -> str | None:
    return next((fields[k][0] for k in keys if k in fields), None)
