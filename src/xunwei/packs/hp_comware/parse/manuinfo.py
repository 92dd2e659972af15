"""`display device manuinfo`: models and serial numbers of all parts (recordings: Comware 5, 7).

 Slot 1 CPU 0:
DEVICE_NAME          : S5560-54C-EI
DEVICE_SERIAL_NUMBER : 210235A1XXX000000001
MAC_ADDRESS          : 0000-5E00-5301
MANUFACTURING_DATE   : 2018-07-12
VENDOR_NAME          : H3C
Fan 1:
The operation is not supported on the specified fan.
"""

from __future__ import annotations

import re
from typing import Any

from xunwei.packs.hp_comware.comware import MAC, mac, shown_lines, unknown, whole
from xunwei.parse.text import Unparsed

_CHASSIS = re.compile(r"\s*Chassis (?P<id>\d+)\s*:?\s*", re.IGNORECASE)
_PART = re.compile(
    r"\s*(?:Chassis (?P<chassis>\d+),? +)?(?P<kind>[A-Za-z]+(?:[ -]tray)?)\s*(?P<id>\d+|self)(?:\s+CPU\s*\d+)?\s*:?\s*",
    re.IGNORECASE,
)
_FIELD = re.compile(r"\s*(?P<key>[A-Z][A-Z_ ]*[A-Z])\s*:\s*(?P<value>.*?)\s*")
_SILENT = re.compile(
    r".*(?:not supported|does not support|Failed to display|is absent|not present|No manufacture|Only new chassis).*",
    re.IGNORECASE,
)
_KEYS = {
    "DEVICE_NAME": "name",
    "DEVICE NAME": "name",
    "DEVICE_SERIAL_NUMBER": "serial",
    "MANU SERIAL NUMBER": "serial",
    "MAC_ADDRESS": "mac",
    "MANUFACTURING_DATE": "date",
    "VENDOR_NAME": "vendor",
    "PRODUCT ID": "product",
    "PRODUCT NUMBER": "product",
    "PRODUCT_ID": "product",
}


def parse(text: str) -> dict[str, Any]:
    """{"parts": [{chassis, kind, id, name, serial, mac, date, vendor}], "serial": of the first board or chassis}."""
    parts: list[dict[str, Any]] = []
    chassis: int | None = None
    for line in shown_lines(text):
        if (head := _CHASSIS.fullmatch(line[1])) and "self" not in line[1]:
            chassis = whole(head["id"], "chassis")
        elif head := _PART.fullmatch(line[1]):
            chassis = whole(head["chassis"], "chassis") if head["chassis"] else chassis
            parts.append(_part(line[0], head, chassis))
        elif parts and (field := _FIELD.fullmatch(line[1])) and field["key"] in _KEYS:
            _fill(parts[-1], _KEYS[field["key"]], field["value"])
        elif parts and _SILENT.fullmatch(line[1]):
            continue
        elif parts and re.fullmatch(r"\s*[A-Z][A-Z_ ]+[A-Z]\s*:.*", line[1]):
            continue  # a field newer releases add (SPARE, CLEI code …)
        else:
            raise unknown(line, "part of a manufacture record")
    if not parts:
        raise Unparsed("no manufacture record found")
    main = [p for p in parts if p["kind"] in ("chassis", "slot") and p["serial"]]
    return {"parts": parts, "serial": main[0]["serial"] if main else None, "model": main[0]["name"] if main else None}


def _part(number: int, head: re.Match[str], chassis: int | None) -> dict[str, Any]:
    return {
        "chassis": chassis,
        "kind": head["kind"].lower(),
        "id": head["id"].lower(),
        "name": None,
        "serial": None,
        "mac": None,
        "date": None,
        "vendor": None,
        "product": None,
        "_line": number,
    }


def _fill(part: dict[str, Any], key: str, value: str) -> None:
    if value in ("", "NONE", "None", "N/A", "-"):
        return
    if part[key] is not None and part[key] != value:
        raise Unparsed(f"{key} said twice for {part['kind']} {part['id']}")
    part[key] = mac(value) if key == "mac" and re.fullmatch(MAC, value) else value
