"""`display esn` and `display sn license`: the serial number of the device.

     ESN of device: 2102350000000000EXAM
     ESN of master: 2102350000000000EXAM
     ESN of slave: 2102350000000000EXAN
    Equipment SN(ESN) for license:
    Chassis 1 ESN: 2102350000000000EXAM

Recorded on AR and NE40E; the others from the command references.
"""

from __future__ import annotations

import re
from typing import Any

from xunwei.packs.huawei_vrp.vrp import body, fail
from xunwei.parse import Unparsed

_ESN = re.compile(
    r"\s*(?:ESN(?: of (?P<what>[\w ]+?))?|(?P<chassis>(?:Chassis|Slot) \d+) ESN)\s*:\s*(?P<sn>[A-Z0-9]{8,32})\s*",
    re.IGNORECASE,
)


def parse(text: str) -> dict[str, Any]:
    """Facts of `esn`: `serial` is the first (device, master or chassis 1); `all` names every one."""
    numbers: dict[str, str] = {}
    first = 0
    for line in body(text):
        match = _ESN.fullmatch(line.text)
        if match is None:
            if re.fullmatch(r"\s*Equipment SN\(ESN\) for license\s*:\s*", line.text, re.IGNORECASE):
                continue
            fail(line, "a serial number")
        what = (match["what"] or match["chassis"] or "device").lower()
        if numbers.get(what, match["sn"]) != match["sn"]:
            fail(line, "the only serial number of its kind")
        numbers[what] = match["sn"]
        first = first or line.number
    if not numbers:
        raise Unparsed("no serial number found")
    return {"serial": next(iter(numbers.values())), "all": numbers, "_line": first}
