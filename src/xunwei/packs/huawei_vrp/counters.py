"""The packet and error counters in one paragraph of `display interface`, in their four forms.

Input:  1234 packets, 5678 bytes          Input: 5678 bytes, 1234 packets       Input:  1234 Packets, 5678 Bytes
  CRC:   0,  Giants:  0                   Input:                                        0 FCSs, 0 Pauses
  Total Error:  0                           CRC: 0 packets, Symbol: 0 packets           0 Collisions
Output: …                                   Overrun: 0 packets

                                                  Input: 0 packets,0 bytes
                                                         0 errors,0 drops
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from xunwei.packs.huawei_vrp.vrp import Line, whole

_SIDE = re.compile(r"\s*(Input|Output)\s*:(.*)", re.IGNORECASE)
_AMOUNT = re.compile(r"(\d+)\s+(packets|bytes|errors|drops|FCSs|collisions)\b", re.IGNORECASE)
_NAMED = re.compile(r"([A-Z][A-Za-z]*(?: [A-Za-z]+){0,2})\s*:\s*(\d+|-)(?=\s|,|$)")
_NAMES = {
    "total error": "errors", "total input error": "errors", "total output error": "errors", "crc": "crc",
    "discard": "discards", "packet errors": "errors", "packet discards": "discards", "collisions": "collisions",
}  # fmt: skip
_AMOUNTS = {
    "packets": "packets", "bytes": "bytes", "errors": "errors", "drops": "discards", "fcss": "crc",
    "collisions": "collisions",
}  # fmt: skip
_KEPT = (
    "in_packets", "in_bytes", "in_errors", "in_discards", "in_crc",
    "out_packets", "out_bytes", "out_errors", "out_discards", "out_collisions",
)  # fmt: skip


class Counters:
    """Reads the lines of one paragraph; a counter seen twice with different values is dropped (null)."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self._found: dict[str, int | None] = {}
        side = ""
        for line in lines:
            match = _SIDE.fullmatch(line.text)
            if match:
                side = "in_" if match.group(1).lower() == "input" else "out_"
                self._amounts(side, match.group(2))
                self._named(side, match.group(2))
            elif re.match(r"\s*(?:Last \d+|Realtime|Input |Output |\d+ minutes)", line.text):
                continue
            elif side and re.match(r"\s*\d", line.text):
                self._amounts(side, line.text)
            elif side:
                self._named(side, line.text)

    def facts(self) -> dict[str, int | None]:
        """The counters kept, null where the device shows none."""
        return {name: self._found.get(name) for name in _KEPT}

    def _amounts(self, side: str, text: str) -> None:
        for number, word in _AMOUNT.findall(text):
            self._put(side + _AMOUNTS[word.lower()], number)

    def _named(self, side: str, text: str) -> None:
        for name, number in _NAMED.findall(text):
            key = _NAMES.get(name.lower())
            if key and number != "-":
                self._put(side + key, number)

    def _put(self, key: str, number: str) -> None:
        value = whole(number)
        self._found[key] = value if self._found.get(key, value) == value else None
