"""`display transceiver diagnosis interface`: optical modules and their limits (Comware 7 command reference).

    Ten-GigabitEthernet1/0/49 transceiver diagnostic information:
      Current diagnostic parameters:
        Temp.(C)  Voltage(V)  Bias(mA)  RX power(dBm)  TX power(dBm)
        36        3.31        6.13      -5.64          -5.19
      Alarm thresholds:
              Temp.(C)  Voltage(V)  Bias(mA)  RX power(dBm)  TX power(dBm)
        High  73        3.80        11.00     0.00           0.00
        Low   -3        2.81        1.00      -16.40         -11.30
    GigabitEthernet1/0/2 transceiver diagnostic information:
      The transceiver is absent.

Modules of several lanes print a `[module]` and a `[channel]` table.
"""

from __future__ import annotations

import re
from typing import Any

from xunwei.packs.hp_comware.comware import IFNAME, Line, real, shown_lines, unknown
from xunwei.parse.text import Unparsed

_HEAD = re.compile(rf"\s*(?P<name>{IFNAME}) transceiver diagnostic information\s*:\s*", re.IGNORECASE)
_NONE = re.compile(
    r"\s*(?:The transceiver is absent\.?|The transceiver does not support this function\.?"
    r"|Error: The combo port is inactive\.?|.*not support.*)\s*",
    re.IGNORECASE,
)
_PART = re.compile(
    r"\s*(?P<part>Current diagnostic parameters|Alarm thresholds|Warning thresholds)\s*:\s*", re.IGNORECASE
)
_COLUMN = re.compile(
    r"Temp\.?\s?\([^)]*\)|Voltage\s?\(V\)|Bias\s?\(mA\)|RX power\s?\(dBm\)|TX power\s?\(dBm\)", re.IGNORECASE
)
_VALUES = re.compile(r"\s*(?:(?P<name>High|Low|\d+(?=\s+\S+\s+\S+\s+\S+\s*$))\s+)?(?P<values>\S+(?:\s+\S+)*)\s*")
_KEYS = {"t": "celsius", "v": "volts", "b": "bias_ma", "r": "rx_dbm", "x": "tx_dbm"}


def parse(text: str) -> dict[str, Any]:
    """{"modules": [{interface, present}], "lanes": [{rx_dbm, tx_dbm, celsius, limits …}], "lit": with RX limits}."""
    modules: list[dict[str, Any]] = []
    part, columns = "", list[str]()
    for line in shown_lines(re.sub(r"(?m)^[ \t]*Error: (?=The (?:combo port|transceiver) )", " ", text)):
        if head := _HEAD.fullmatch(line[1]):
            modules.append({"interface": head["name"], "present": False, "lanes": [], "limits": {}, "_line": line[0]})
            part, columns = "", []
        elif not modules:
            raise unknown(line, "a transceiver")
        elif match := _PART.fullmatch(line[1]):
            part, columns = match["part"].lower().split()[0], []
            modules[-1]["present"] = True
        elif _COLUMN.search(line[1]):
            columns = [_key(word) for word in _COLUMN.findall(line[1])]
        elif columns:
            _values(modules[-1], part, columns, line)
        elif part or not (_NONE.fullmatch(line[1]) or "combo port is inactive" in line[1]):
            raise unknown(line, "a transceiver's values")
    if not modules:
        raise Unparsed("no transceiver found")
    lanes = [lane for module in modules for lane in _lanes(module)]
    return {
        "modules": [{"interface": m["interface"], "present": m["present"], "_line": m["_line"]} for m in modules],
        "lanes": lanes,
        "lit": [
            lane
            for lane in lanes
            if lane["rx_dbm"] is not None and lane["rx_low"] is not None and lane["rx_high"] is not None
        ],
    }


def _key(word: str) -> str:
    letter = word.strip()[0].lower()
    return _KEYS["x" if word.lower().startswith("tx") else letter]


def _values(module: dict[str, Any], part: str, columns: list[str], line: Line) -> None:
    words = line[1].split()
    name = words[0].lower() if len(words) == len(columns) + 1 else ""
    if len(words) not in (len(columns), len(columns) + 1) or (part == "current") != (name not in ("high", "low")):
        raise unknown(line, "values under the header above")
    values = {key: real(word, key) for key, word in zip(columns, words[len(words) - len(columns) :], strict=True)}
    if part == "current":
        if name and not name.isdigit():
            raise unknown(line, "a lane")
        module["lanes"].append({"lane": name, **values, "_line": line[0]})
    elif part == "alarm":
        module["limits"].setdefault(name, {}).update(values)


def _lanes(module: dict[str, Any]) -> list[dict[str, Any]]:
    numbered = [lane for lane in module["lanes"] if lane["lane"]]
    common = {k: v for lane in module["lanes"] if not lane["lane"] for k, v in lane.items()}
    rows = [{**common, **lane} for lane in numbered] or ([common] if common else [])
    limits = module["limits"]
    out = []
    for row in rows:
        entry = {"interface": module["interface"], "lane": row["lane"], "_line": row["_line"]}
        entry |= {key: row.get(key) for key in _KEYS.values()}
        for key, stem in (("rx_dbm", "rx"), ("tx_dbm", "tx"), ("celsius", "celsius")):
            entry[f"{stem}_high"] = limits.get("high", {}).get(key)
            entry[f"{stem}_low"] = limits.get("low", {}).get(key)
        out.append(entry)
    return out
