"""`display transceiver verbose`: optical modules with their measured values and limits.

    GigabitEthernet0/0/25 transceiver information:
    -------------------------------------------------------------
    Common information:
      Transceiver Type               :1000_BASE_LX_SFP
      Digital Diagnostic Monitoring  :YES
    Diagnostic information:
      Temperature(Celsius)           :35
      RX Power(dBM)                  :-6.57
      RX Power High Threshold(dBM)   :-3.00
      RX Power Low  Threshold(dBM)   :-19.50
      TX Power(dBM)                  :-5.90

From the command references (S; CE with `Current RX Power (dBm)` and one value per lane, `-2.3|-2.1`) and, for
`display transceiver diagnosis interface`, forum samples: a table per port with limits.
"""

from __future__ import annotations

import re
from typing import Any

from xunwei.packs.huawei_vrp.vrp import IFACE, Line, body, fail, is_ruler, port_name, real, says
from xunwei.parse import Unparsed

_HEAD = re.compile(
    rf"\s*(?:Port )?(?P<name>(?:{IFACE})(?:\(\w+\))?) transceiver (?:diagnostic )?information\s*:\s*", re.IGNORECASE
)
_PAIR = re.compile(r"\s*([A-Za-z][A-Za-z ./]*?)\s*\(\s*(?:dBM|Celsius|C|℃|°C)\s*\)\s*:\s*(\S.*?)?\s*", re.IGNORECASE)
_TYPE = re.compile(r"\s*Transceiver Type\s*:\s*(\S.*?)?\s*", re.IGNORECASE)
_TABLE = re.compile(
    r"\s*(?P<what>TxPower|RxPower)\(dBm\)\s+(?P<now>-?[\d.]+)\s*(?P<lane>\(lane\d+\))?\s+(?P<low>-?[\d.]+)\s+(?P<high>-?[\d.]+)\s+\w+\s*",
    re.IGNORECASE,
)
_LANE = re.compile(r"\s+(?P<now>-?[\d.]+)\s*\(lane\d+\)\s*", re.IGNORECASE)
_NAMES = {
    "rx power": "rx_dbm", "current rx power": "rx_dbm", "tx power": "tx_dbm", "current tx power": "tx_dbm",
    "rx power high threshold": "rx_high_dbm", "default rx power high threshold": "rx_high_dbm",
    "rx power low threshold": "rx_low_dbm", "default rx power low threshold": "rx_low_dbm",
    "tx power high threshold": "tx_high_dbm", "default tx power high threshold": "tx_high_dbm",
    "tx power low threshold": "tx_low_dbm", "default tx power low threshold": "tx_low_dbm",
    "temperature": "celsius",
}  # fmt: skip
_NONE = (r"no (?:optical|transceiver) module", r"transceiver (?:module )?(?:is not|does not)", r"no transceiver")


def parse(text: str) -> dict[str, Any]:
    """Facts of `optics`: powers in dBm, for a module with several lanes the weakest; null = not measured."""
    found = body(text, benign=_NONE)
    if len(found) == 1 and says(found, *_NONE):
        return {"modules": []}
    modules: list[dict[str, Any]] = []
    part = ""
    for line in found:
        if match := _HEAD.fullmatch(line.text):
            modules.append(_module(port_name(match["name"]), line.number))
        elif not modules:
            if not re.match(r"\s*(?:Info|Warning)\s*:", line.text):
                fail(line, "the first line of a module")
        elif match := _TYPE.fullmatch(line.text):
            modules[-1]["type"] = match.group(1)
        elif match := _PAIR.fullmatch(line.text):
            _set(modules[-1], match.group(1), match.group(2) or "", line)
        elif match := _TABLE.fullmatch(line.text):
            part = match["what"].lower()[:2]
            _set(modules[-1], f"{part} power", match["now"], line)
            _set(modules[-1], f"{part} power low threshold", match["low"], line)
            _set(modules[-1], f"{part} power high threshold", match["high"], line)
        elif part and (match := _LANE.fullmatch(line.text)) and not is_ruler(line.text):
            key, lane = f"{part}_dbm", real(match["now"])
            weakest = modules[-1][key]
            modules[-1][key] = lane if weakest is None else min(weakest, lane)
        else:
            part = ""
    if not modules:
        raise Unparsed("no module found")
    # Both commands may have answered: the first answer for a port counts.
    ports = {m["name"]: m for m in reversed(modules)}
    return {"modules": [_checked(ports[name]) for name in reversed(ports)]}


def _module(name: str, number: int) -> dict[str, Any]:
    return {"name": name, "type": None, **dict.fromkeys(_NAMES.values()), "_line": number}


def _set(module: dict[str, Any], key: str, word: str, line: Line) -> None:
    name = _NAMES.get(" ".join(key.lower().split()))
    if name is None or word in ("", "-", "--", "NA"):
        return
    # CE prints several lanes as `-2.33|-2.41` and per lane `-2.33(Lane1)|…`: the weakest counts.
    values = [
        real(re.sub(r"\(lane\d+\)", "", v, flags=re.IGNORECASE).strip())
        for v in re.split(r"[|,]", word)
        if v.strip() not in ("-", "--")
    ]
    if not values:
        return
    if module[name] is not None:
        fail(line, "the only one of its kind in the module")
    module[name] = max(values) if name == "celsius" else min(values)


def _checked(module: dict[str, Any]) -> dict[str, Any]:
    low, high = module["rx_low_dbm"], module["rx_high_dbm"]
    if low is not None and high is not None and not low < high:
        # Modules without calibration report 0.00 everywhere: those are not measurements.
        for name in ("rx_dbm", "rx_low_dbm", "rx_high_dbm"):
            module[name] = None
    return module
