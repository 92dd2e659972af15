"""`multipath -ll` (multipath(8)).

mpatha (3600a0b80001234560000000000000001) dm-2 EXAMPLE,LUN
size=100G features='1 queue_if_no_path' hwhandler='1 alua' wp=rw
|-+- policy='service-time 0' prio=50 status=active
| `- 1:0:0:1 sdb 8:16 active ready running
`-+- policy='service-time 0' prio=10 status=enabled
  `- 2:0:0:1 sdc 8:32 failed faulty running
"""

from __future__ import annotations

import re

from xunwei.model import Facts
from xunwei.packs.linux.lines import whole
from xunwei.parse.text import Unparsed

_MAP = re.compile(r"(?:(?:create|reload|reject|switchpg|resize): )?(\S+)(?: \((\S+)\))? dm-\d+\s?(.*)")
_PATH = re.compile(r"[|` ]*[|`]- (?:\S+:\S+:\S+:\S+) (\S+)\s+(\S+:\S+)\s+(\w+)\s+(\w+)(?:\s+(\w+))?\s*")
_OTHER = re.compile(r"size=.*|[|` ]*[|`]-\+- .*|\w{3} \d+ \d\d:\d\d:\d\d \| .*|\[?\s*size=.*")


def parse(text: str) -> Facts:
    """Facts of `multipath`: paths that work are `active` or `ghost`, with a good checker state."""
    maps: list[Facts] = []
    for number, line in whole(text):
        path, head = _PATH.fullmatch(line), _MAP.fullmatch(line)
        if path and maps:
            good = path.group(3) == "active" and path.group(4) in ("ready", "ghost")
            maps[-1]["paths"] += 1
            if not good:
                maps[-1]["failed"].append(f"{path.group(1)} {path.group(3)} {path.group(4)}")
        elif _OTHER.fullmatch(line):
            continue
        elif head:
            maps.append(
                {
                    "name": head.group(1),
                    "wwid": head.group(2) or head.group(1),
                    "paths": 0,
                    "failed": [],
                    "_line": number,
                }
            )
        else:
            raise Unparsed(f"line {number} is not understood: {line[:60]!r}")
    if not maps:
        raise Unparsed("no multipath device found")
    return {"maps": [{**m, "working": m["paths"] - len(m["failed"])} for m in maps]}
