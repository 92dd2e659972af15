"""Which characters a font can draw: reads the `cmap` table of TrueType and OpenType files (OpenType 1.9, chapter cmap).

PDF/A refuses text without a glyph, and a box in its place would hide what a device said; such a character is shown
by its code, as \\u1f600.
"""

from __future__ import annotations

import re
import struct
from bisect import bisect_right
from collections.abc import Iterable
from pathlib import Path

# Characters that need no glyph: white space and the zero-width space we break lines with.
_INVISIBLE = frozenset("\n\r\t \u200b\u00a0")
_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]")


class Coverage:
    """The characters that at least one of `files` can draw (of a collection, those of its first font)."""

    def __init__(self, files: Iterable[Path]) -> None:
        self.ranges: list[tuple[int, int]] = []
        for first, last in sorted({span for file in files for span in ranges(file)}):
            if self.ranges and first <= self.ranges[-1][1] + 1:
                self.ranges[-1] = (self.ranges[-1][0], max(last, self.ranges[-1][1]))
            else:
                self.ranges.append((first, last))

    def has(self, char: str) -> bool:
        index = bisect_right(self.ranges, (ord(char), 0x110000)) - 1
        return char in _INVISIBLE or (index >= 0 and ord(char) <= self.ranges[index][1])

    def shown(self, text: str) -> str:
        """`text` with what cannot be drawn written as its code."""
        return _BEYOND_ASCII.sub(lambda m: m.group() if self.has(m.group()) else f"\\u{ord(m.group()):04x}", text)


def ranges(file: Path) -> list[tuple[int, int]]:
    """(first, last) code points, inclusive, from subtable formats 12 and 4; none for a file that is no such font.

    Reads the directory and the one table, not the tens of megabytes of glyphs.
    """
    with file.open("rb") as font:
        try:
            start = struct.unpack(">8xI", font.read(12))[0] if font.read(4) == b"ttcf" else 0
            font.seek(start)
            count = struct.unpack(">4xH6x", font.read(12))[0]
            for tag, _, offset, length in struct.iter_unpack(">4sIII", font.read(16 * count)):
                if tag == b"cmap":
                    font.seek(offset)
                    return _subtables(font.read(length), 0)
        except struct.error:
            return []
    return []


def _subtables(data: bytes, cmap: int) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    for index in range(struct.unpack_from(">H", data, cmap + 2)[0]):
        platform, encoding, offset = struct.unpack_from(">HHI", data, cmap + 4 + 8 * index)
        if platform != 0 and (platform, encoding) not in ((3, 1), (3, 10)):
            continue
        kind = struct.unpack_from(">H", data, cmap + offset)[0]
        if kind == 12:
            count = struct.unpack_from(">I", data, cmap + offset + 12)[0]
            groups = struct.iter_unpack(">III", data[cmap + offset + 16 : cmap + offset + 16 + 12 * count])
            found += [(first, last) for first, last, _ in groups]
        elif kind == 4 and not found:
            found += _format_4(data, cmap + offset)
    return found


def _format_4(data: bytes, table: int) -> list[tuple[int, int]]:
    count = struct.unpack_from(">H", data, table + 6)[0] // 2
    ends = struct.unpack_from(f">{count}H", data, table + 14)
    starts = struct.unpack_from(f">{count}H", data, table + 16 + 2 * count)
    return [(first, last) for first, last in zip(starts, ends, strict=True) if first != 0xFFFF]
