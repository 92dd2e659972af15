"""`df -PTi` of the local file systems.

Filesystem     Type    Inodes  IUsed    IFree IUse% Mounted on
/dev/vda       ext4  16777216 474766 16302450    3% /
/dev/vdb       btrfs        0      0        0     - /data       no fixed number of inodes
"""

from __future__ import annotations

import re

from xunwei.model import Facts
from xunwei.packs.linux.lines import clipped
from xunwei.parse.text import Unparsed, integer, numbered

_HEADER = re.compile(r"Filesystem\s+Type\s+Inodes\s+I?Used\s+(IFree|Available)\s+(IUse%|Capacity)\s+Mounted on")
_ROW = re.compile(r"(\S.*?)\s+(\S+)\s+(\d+|-)\s+(\d+|-)\s+(\d+|-)\s+(\d+%|-)\s+(/.*)")
_REFUSED = re.compile(r"! df: df: (?:cannot access )?['‘`\"]?(/.*?)['’\"]?: (.+)")


def parse(text: str) -> Facts:
    """Facts of `inodes`. `fixed` is false where the file system makes inodes as needed; then `used_percent` is 0."""
    mounts: dict[str, Facts] = {}
    header = False
    for number, line in numbered(text):
        row, refused = _ROW.fullmatch(line), _REFUSED.fullmatch(line)
        if _HEADER.fullmatch(line):
            header = True
        elif row and header:
            mounts[row.group(7)] = _mount(row, number)
        elif refused:
            unseen = {"mount": refused.group(1), "type": "", "fixed": True, "inodes": None, "used": None}
            mounts.setdefault(refused.group(1), {**unseen, "used_percent": None, "_line": number})
        else:
            raise Unparsed("the answer is cut" if clipped(line) else f"line {number} is not a row of df: {line[:60]!r}")
    if not header:
        raise Unparsed("header of df not found")
    return {"mounts": list(mounts.values())}


def _mount(row: re.Match[str], number: int) -> Facts:
    fixed = row.group(3) not in ("-", "0")
    if fixed and "-" in (row.group(4), row.group(6)):
        raise Unparsed(f"line {number} has inodes but no use of them")
    total, used = (integer(row.group(n)) if fixed else 0 for n in (3, 4))
    if used > total:
        raise Unparsed(f"line {number}: more used than there is")
    return {
        "mount": row.group(7),
        "type": row.group(2),
        "fixed": fixed,
        "inodes": total,
        "used": used,
        "used_percent": float(row.group(6)[:-1]) if fixed else 0.0,
        "_line": number,
    }
