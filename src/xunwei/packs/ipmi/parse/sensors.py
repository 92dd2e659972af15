"""Readings with the BMC's own thresholds, from `ipmitool sensor list` (simulator; columns as in ipmitool(1)):

    Inlet Temp       | 24.000     | degrees C  | ok    | na        | na        | na        | 46.000    | 48.000    | na
    PS1 Status       | 0x1        | discrete   | 0x0100| na        | na        | na        | na        | na        | na

Columns after the state: lower non-recoverable, critical, non-critical, upper non-critical, critical, non-recoverable.
The state is the worse of the BMC's own and what value and thresholds say (a threshold is passed at its value).
"""

from __future__ import annotations

import re
from typing import Any

from xunwei.model import Facts
from xunwei.packs.ipmi.lines import distinct, only
from xunwei.packs.ipmi.words import RANK
from xunwei.parse import Unparsed
from xunwei.parse.text import decimal

_TOLD = {"ok": "ok", "nc": "warning", "cr": "critical", "nr": "critical"}
_UNITS = {
    "degrees C": "temperatures", "RPM": "fans", "Volts": "voltages", "Watts": "loads", "Amps": "loads",
    "degrees F": "", "percent": "", "discrete": "",
}  # fmt: skip
_INLET = re.compile(r"(?i)\b(inlet|ambient|intake)\b")


def parse(text: str) -> Facts:
    """Readings by kind. Raises Unparsed for a line that is not a sensor."""
    part = only(text)
    lists: dict[str, list[dict[str, Any]]] = {k: [] for k in ("temperatures", "fans", "voltages", "loads")}
    read = unread = 0
    for number, line in part.lines:
        cells = [c.strip() for c in line.split("|")]
        if len(cells) != 10 or not cells[0]:
            raise Unparsed(f"line {number} is not a sensor: {line[:60]!r}")
        if cells[1] == "na":
            unread += 1
            continue
        read += 1
        kind = _UNITS.get(cells[2], "")
        if kind:
            lists[kind].append(_reading(cells, number))
        elif cells[2] == "discrete" and not re.fullmatch(r"0x[0-9a-f]+", cells[1]):
            raise Unparsed(f"line {number} is not a discrete sensor: {line[:60]!r}")
    if not read + unread:
        raise Unparsed("no sensors in the answer")
    for items in lists.values():
        distinct(items)
    inlet = [
        {"name": i["name"], "value": i["value"], "_line": i["_line"]}
        for i in lists["temperatures"]
        if _INLET.search(i["name"])
    ]
    return {**lists, "inlet": inlet, "read": read, "unread": unread}


def _reading(cells: list[str], number: int) -> dict[str, Any]:
    value = decimal(cells[1], cells[0])
    limits = [None if c == "na" else decimal(c, f"threshold of {cells[0]}") for c in cells[4:]]
    lnr, lcr, lnc, unc, ucr, unr = limits
    told = _TOLD.get(cells[3])
    if told is None and cells[3] not in ("na", "ns"):
        raise Unparsed(f"line {number}: state {cells[3][:20]!r} is not known")
    own = "ok"
    if any(v is not None and value <= v for v in (lnr, lcr)) or any(v is not None and value >= v for v in (ucr, unr)):
        own = "critical"
    elif (lnc is not None and value <= lnc) or (unc is not None and value >= unc):
        own = "warning"
    lower = next((v for v in (lcr, lnc, lnr) if v is not None), None)
    upper = next((v for v in (ucr, unc, unr) if v is not None), None)
    state = own if told is None and own != "ok" else None if told is None else max(own, told, key=RANK.__getitem__)
    return {
        "name": cells[0], "value": value, "unit": cells[2], "told": cells[3], "state": state, "lower": lower, "upper": upper,
        "_line": number,
    }  # fmt: skip
