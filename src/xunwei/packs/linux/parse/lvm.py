"""Volume groups, vgs(8), and thin pools, `dmsetup status` (kernel docs device-mapper/thin-provisioning).

== vgs
  vg0|wz--n-|599046225920|107374182400|1|3
== thin
vg0-pool-tpool: 0 209715200 thin-pool 1 2048/26624 819200/1638400 - rw discard_passdown queue_if_no_space - 1024
"""

from __future__ import annotations

import re

from xunwei.model import Facts
from xunwei.packs.linux.lines import named_parts, percent
from xunwei.parse.text import Unparsed, integer

_POOL = re.compile(
    r"(\S+): \d+ \d+ thin-pool (?:(Fail|Error)|\d+ (\d+)/(\d+) (\d+)/(\d+) (\S+) (rw|ro|out_of_data_space)\b.*)"
)


def parse(text: str) -> Facts:
    """Facts of `lvm`. `partial`: a physical volume of the group is missing."""
    found = named_parts(text, "vgs", "thin")
    groups = []
    for number, line in found["vgs"].lines:
        cells = line.strip().split("|")
        if (
            line.startswith("! ")
            or len(cells) != 6
            or not re.fullmatch(r"[wr-][z-][x-][p-][a-zA-Z-][a-zA-Z-]", cells[1])
        ):
            raise Unparsed(f"line {number} is not a volume group: {line[:60]!r}")
        size = integer(cells[2], "size")
        if size <= 0:
            raise Unparsed(f"line {number}: a volume group without size")
        groups.append(
            {
                "name": cells[0],
                "partial": cells[1][3] == "p",
                "size_bytes": size,
                "free_bytes": integer(cells[3], "free space"),
                "free_percent": percent(integer(cells[3]), size),
                "volumes": integer(cells[5], "volumes"),
                "_line": number,
            }
        )
    pools = [_pool(number, line) for number, line in found["thin"].lines if line != "No devices found"]
    return {"groups": groups, "thin_pools": pools}


def _pool(number: int, line: str) -> Facts:
    match = _POOL.fullmatch(line)
    if match is None:
        raise Unparsed(f"line {number} is not a thin pool: {line[:60]!r}")
    failed = match.group(2) is not None
    meta, data = ((0, 0), (0, 0)) if failed else (_of(match, 3), _of(match, 5))
    if not failed and not (meta[1] and data[1]):
        raise Unparsed(f"line {number}: a thin pool without size")
    return {
        "name": match.group(1),
        "working": not failed and match.group(8) == "rw",
        "data_percent": None if failed else percent(*data),
        "metadata_percent": None if failed else percent(*meta),
        "_line": number,
    }


def _of(match: re.Match[str], group: int) -> tuple[int, int]:
    return int(match.group(group)), int(match.group(group + 1))
