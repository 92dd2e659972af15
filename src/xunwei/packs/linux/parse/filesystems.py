"""`df -PTk` of the local file systems (POSIX output format; coreutils and busybox).

Filesystem     Type  1024-blocks     Used Available Capacity Mounted on
/dev/vda       ext4    264212084 25163528  81227384      24% /
"""

from __future__ import annotations

import re

from xunwei.model import Facts
from xunwei.packs.linux.lines import clipped
from xunwei.parse.text import Unparsed, integer, numbered

_HEADER = re.compile(r"Filesystem\s+Type\s+(1024-blocks|1K-blocks)\s+Used\s+Available\s+(Capacity|Use%)\s+Mounted on")
_ROW = re.compile(r"(\S.*?)\s+(\S+)\s+(\d+)\s+(\d+)\s+(-?\d+)\s+(\d+%|-)\s+(/.*)")
_REFUSED = re.compile(r"! df: df: (?:cannot access )?['‘`\"]?(/.*?)['’\"]?: (.+)")


def parse(text: str) -> Facts:
    """Facts of `filesystems`, KiB. `used_percent` is as df counts it: of what users can have, rounded up."""
    mounts: dict[str, Facts] = {}
    header = False
    for number, line in numbered(text):
        row, refused = _ROW.fullmatch(line), _REFUSED.fullmatch(line)
        if _HEADER.fullmatch(line):
            header = True
        elif row and header:
            mounts[row.group(7)] = _mount(row, number)
        elif refused:
            mounts.setdefault(refused.group(1), _unseen(refused.group(1), number))
        else:
            raise Unparsed("the answer is cut" if clipped(line) else f"line {number} is not a row of df: {line[:60]!r}")
    if not header:
        raise Unparsed("header of df not found")
    return {"mounts": list(mounts.values())}


def _mount(row: re.Match[str], number: int) -> Facts:
    total, used, available = (integer(row.group(n)) for n in (3, 4, 5))
    shown = row.group(6)
    if used > total or (total and shown == "-"):
        raise Unparsed(f"line {number}: more used than there is, or no percentage")
    return {
        "mount": row.group(7),
        "device": row.group(1),
        "type": row.group(2),
        "size_kib": total,
        "used_kib": used,
        "available_kib": max(available, 0),
        "used_percent": 0.0 if shown == "-" else float(shown[:-1]),
        "_line": number,
    }


def _unseen(mount: str, number: int) -> Facts:
    empty = dict.fromkeys(("size_kib", "used_kib", "available_kib", "used_percent"))
    return {"mount": mount, "device": "", "type": "", **empty, "_line": number}
