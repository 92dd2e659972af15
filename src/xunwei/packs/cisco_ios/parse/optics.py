"""`show interfaces transceiver detail` (command reference, interfaces): values with their four thresholds.

                                  High Alarm  High Warn  Low Warn   Low Alarm
                  Temperature     Threshold   Threshold  Threshold  Threshold
    Port          (Celsius)       (Celsius)   (Celsius)  (Celsius)  (Celsius)
    ---------     -----------     ----------  ---------  ---------  ---------
    Te1/1/1         31.9             90.0        85.0       -5.0      -10.0

A value beyond a threshold is marked `++`, `+`, `-` or `--`. Ports with several lanes have a column `Lane`.
"""

from __future__ import annotations

import re
from typing import Any

from xunwei.packs.cisco_ios.ios import Line, maybe_real, rule_line, shown, unknown
from xunwei.parse.text import Unparsed

_KINDS = (
    ("temperature", "celsius"),
    ("voltage", "volts"),
    ("current", "bias_ma"),
    ("transmit power", "tx_dbm"),
    ("receive power", "rx_dbm"),
)
_NOTES = re.compile(
    r"(?:ITU Channel .*|If device is externally calibrated.*|mA: milliamperes.*|NA or N/A: .*|\+\+ *:.*|\+ *:.*|- *:.*|-- *:.*"
    r"|A2D readouts.*"
    r"|The threshold values are .*|Transceiver is .*)"
)
_UNITS = re.compile(
    r"\s*Port\s+(?P<lane>Lane\s+)?\((?P<unit>Celsius|Volts|milliamperes|mA|dBm)\)(?:\s+\((?:Celsius|Volts|milliamperes|mA|dBm)\))*\s*"
)
_NUMBER = r"(?:-?\d+(?:\.\d+)?|N/A|NA|--|-inf|-Inf)"
_ROW = re.compile(
    rf"(?P<port>[A-Z][A-Za-z]+\d\S*)\s+(?:(?P<lane>\d+|N/A)\s+)?(?P<value>{_NUMBER})\s*(?P<mark>\+\+|\+|--|-)?"
    rf"\s+(?P<ha>{_NUMBER})\s+(?P<hw>{_NUMBER})\s+(?P<lw>{_NUMBER})\s+(?P<la>{_NUMBER})\s*"
)


def parse(text: str) -> dict[str, Any]:
    """{"modules": [{port, lane, celsius, …}], "lit": with receive power and thresholds}; raises Unparsed."""
    found: dict[tuple[str, str], dict[str, Any]] = {}
    seen: set[str] = set()
    kind, heading = "", ""
    for line in shown(text):
        words = line[1].strip()
        if _NOTES.fullmatch(words) or rule_line(words):
            continue
        if match := _UNITS.fullmatch(line[1]):
            kind, heading = _kind(heading), ""
            seen.add(kind)
        elif (match := _ROW.fullmatch(words)) and kind:
            _put(found, kind, match, line)
        elif re.search(r"Threshold|Alarm|Temperature|Voltage|Current|Optical|Power", words) and not re.search(
            r"\d", words
        ):
            heading += f" {words.lower()}"
        else:
            raise unknown(line, "a transceiver")
    if not {"celsius", "tx_dbm", "rx_dbm"} <= seen or not found:
        raise Unparsed("the tables of the transceivers are not complete")
    modules = list(found.values())
    return {"modules": modules, "lit": [m for m in modules if None not in (m["rx_dbm"], m["rx_low"], m["rx_high"])]}


def _kind(heading: str) -> str:
    for words, name in _KINDS:
        if all(w in heading for w in words.split()):
            return name
    raise Unparsed(f"unknown table of transceivers: {heading.strip()[:60]!r}")


def _put(found: dict[tuple[str, str], dict[str, Any]], kind: str, match: re.Match[str], line: Line) -> None:
    key = (match["port"], match["lane"] or "")
    empty = {n: None for _, n in _KINDS} | {f"{s}_{e}": None for s in ("rx", "tx", "celsius") for e in ("low", "high")}
    row = found.setdefault(key, {"port": key[0], "lane": key[1] or None, **empty, "_line": line[0]})
    row[kind] = maybe_real(match["value"])
    short = kind.removesuffix("_dbm")
    if short in ("rx", "tx", "celsius"):
        row[f"{short}_low"], row[f"{short}_high"] = maybe_real(match["lw"]), maybe_real(match["hw"])
    if kind == "rx_dbm":
        row["_line"] = line[0]
