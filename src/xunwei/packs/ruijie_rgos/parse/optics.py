"""`show interfaces transceiver diagnosis` (RGOS 11 command reference).

    ========Interface TenGigabitEthernet 0/49========
    Current diagnostic parameters[AP:Average Power]:
    Temp(Celsius)   Voltage(V)      Bias(mA)            RX power(dBm)       TX power(dBm)
    37(OK)          3.15(OK)        6.13(OK)            -5.64(OK)[AP]       -2.19(OK)

The device judges each value itself: OK, Warning, Alarm. A port without module says `transceiver absent`.
"""

from __future__ import annotations

import re
from typing import Any

from xunwei.packs.cisco_ios.ios import IFNAME, maybe_real, shown, unknown
from xunwei.parse.text import Unparsed

_PORT = re.compile(rf"=+ ?(?:Interface )?(?P<port>{IFNAME}) ?=+")
_ABSENT = re.compile(r"(?i)(?:the )?transceiver (?:is )?absent!?|no transceiver.*")
_TITLE = re.compile(r"Current diagnostic parameters.*:")
_HEAD = re.compile(r"Temp\(Celsius\)\s+Voltage\(V\)\s+Bias\(mA\)\s+RX power\(dBm\)\s+TX power\(dBm\)")
_CELL = r"(-?\d+(?:\.\d+)?|N/A)\((OK|[Ww]arning|[Aa]larm|WARN|ALARM|N/A)\)(?:\[\w+\])?"
_ROW = re.compile(rf"{_CELL}\s+{_CELL}\s+{_CELL}\s+{_CELL}\s+{_CELL}")
_NAMES = ("celsius", "volts", "bias_ma", "rx_dbm", "tx_dbm")


def parse(text: str) -> dict[str, Any]:
    """{"modules": [{port, present, celsius, …, verdicts}], "lit"}; raises Unparsed."""
    modules: list[dict[str, Any]] = []
    headed = False
    for line in shown(text):
        words = line[1].strip()
        if match := _PORT.fullmatch(words):
            _complete(modules)
            empty: dict[str, Any] = dict.fromkeys(_NAMES)
            modules.append({"port": match["port"], "present": None, **empty, "bad": [], "_line": line[0]})
            headed = False
        elif modules and _ABSENT.fullmatch(words):
            modules[-1]["present"] = False
        elif modules and _HEAD.fullmatch(words):
            headed = True
        elif modules and headed and (match := _ROW.fullmatch(words)):
            cells = match.groups()
            values = {n: maybe_real(cells[i * 2]) for i, n in enumerate(_NAMES)}
            bad = [n for i, n in enumerate(_NAMES) if cells[i * 2 + 1].upper() not in ("OK", "N/A")]
            modules[-1].update(present=True, **values, bad=bad, _line=line[0])
        elif not _TITLE.fullmatch(words):
            raise unknown(line, "a transceiver")
    _complete(modules)
    if not modules:
        raise Unparsed("no transceiver in the answer")
    return {"modules": modules, "lit": [m for m in modules if m["present"]]}


def _complete(modules: list[dict[str, Any]]) -> None:
    if modules and modules[-1]["present"] is None:
        raise Unparsed(f"{modules[-1]['port']}: neither values nor `absent`")
