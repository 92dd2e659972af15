"""Network file systems, each asked by `df -PTk` within three seconds: `== EXIT TYPE MOUNT`, then what df said.

== 0 nfs4 /data/share
Filesystem               Type 1024-blocks  Used Available Capacity Mounted on
192.0.2.10:/export/share nfs4     1048576 65536    983040       7% /data/share
== 124 nfs /data/old
"""

from __future__ import annotations

import re

from xunwei.model import Facts
from xunwei.packs.linux.lines import parts, unescape
from xunwei.parse.text import Unparsed

_HEAD = re.compile(r"(\d{1,3}) ([\w.]+) (/.*)")
_ROW = re.compile(r"(\S.*?)\s+(\S+)\s+(\d+)\s+(\d+)\s+(-?\d+)\s+(\d+%|-)\s+(/.*)")


def parse(text: str) -> Facts:
    """Facts of `remote_mounts`. `answers` is false when df did not come back in time or the server refused."""
    mounts = []
    for part in parts(text):
        head = _HEAD.fullmatch(part.name)
        if head is None:
            raise Unparsed(f"heading is not EXIT TYPE MOUNT: {part.name[:60]!r}")
        code = int(head.group(1))
        rows = [m for _, line in part.lines if (m := _ROW.fullmatch(line))]
        if code == 0 and len(rows) != 1:
            raise Unparsed(f"df gave {len(rows)} rows for {head.group(3)[:40]!r}")
        shown = rows[0].group(6) if code == 0 else "-"
        mounts.append(
            {
                "mount": unescape(head.group(3)),
                "type": head.group(2),
                "answers": code == 0,
                "hangs": code == 124,
                "used_percent": float(shown[:-1]) if shown != "-" else None,
                "_line": part.line,
            }
        )
    return {"mounts": mounts}
