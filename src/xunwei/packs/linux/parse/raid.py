"""Software RAID, /proc/mdstat (md(4)).

Personalities : [raid1]
md0 : active raid1 sdb1[1] sda1[0](F)
      1046528 blocks super 1.2 [2/1] [U_]
      [==>..................]  recovery = 12.6% (37043392/292945152) finish=127.5min speed=33440K/sec
unused devices: <none>
"""

from __future__ import annotations

import re

from xunwei.model import Facts
from xunwei.packs.linux.lines import whole
from xunwei.parse.text import Unparsed

_ARRAY = re.compile(
    r"(md\S*) : (active|inactive)(?: \(((?:auto-)?read-only)\))?(?: (raid\d+|linear|multipath|faulty))?((?: \S+)+)?"
)
_MEMBER = re.compile(r"(\S+?)\[(\d+)\]((?:\([A-Z]\))*)")
_SIZE = re.compile(r"\s+(\d+) blocks(.*)")
_DISKS = re.compile(r"\[(\d+)/(\d+)\] \[([U_]+)\]")
_SYNC = re.compile(
    r"\s+(?:\[[=>.]+\]\s+)?(recovery|resync|reshape|check|repair)\s*=\s*(?:([\d.]+)%.*|(DELAYED|PENDING|REMOTE))"
)
_OTHER = re.compile(r"Personalities :.*|unused devices:.*|read_ahead.*|\s+bitmap: .*|\s+\d+K .*")


def parse(text: str) -> Facts:
    """Facts of `raid`. `missing` counts disks the array should have and has not; null for levels without redundancy."""
    arrays: list[Facts] = []
    for number, line in whole(text):
        array, size, sync = _ARRAY.fullmatch(line), _SIZE.fullmatch(line), _SYNC.fullmatch(line)
        if array:
            arrays.append(_array(array, number))
        elif size and arrays:
            disks = _DISKS.search(size.group(2))
            if disks:
                wanted, working = int(disks.group(1)), disks.group(3).count("U")
                if len(disks.group(3)) != wanted or working != int(disks.group(2)):
                    raise Unparsed(f"line {number}: disk counts do not agree")
                arrays[-1]["missing"], arrays[-1]["_line"] = wanted - working, number
        elif sync and arrays:
            arrays[-1]["sync"] = sync.group(1)
            arrays[-1]["sync_percent"] = float(sync.group(2)) if sync.group(2) else 0.0
        elif not _OTHER.fullmatch(line):
            raise Unparsed(f"line {number} is not understood: {line[:60]!r}")
    if not re.search(r"^(Personalities :|unused devices:)", text, re.MULTILINE):
        raise Unparsed("not an answer of /proc/mdstat")
    return {"arrays": arrays}


def _array(match: re.Match[str], number: int) -> Facts:
    members = (match.group(5) or "").split()
    found = [_MEMBER.fullmatch(m) for m in members]
    if not all(found):
        raise Unparsed(f"line {number}: a member is not understood")
    return {
        "name": match.group(1),
        "level": match.group(4),
        "active": match.group(2) == "active",
        "read_only": match.group(3) == "read-only",
        "failed": [m.group(1) for m in found if m and "(F)" in m.group(3)],
        "spares": [m.group(1) for m in found if m and "(S)" in m.group(3)],
        "missing": None,
        "redundant": (match.group(4) or "") not in ("raid0", "linear", ""),
        "sync": None,
        "sync_percent": None,
        "_line": number,
    }
