"""Headers of the databases: build time, version, signatures, …, builder, epoch seconds of the build.

    == clock
    …
    == definitions
    daily.cld ClamAV-VDB:24 Nov 2026 08-30 -0500:27400:2066000:90:0123456789abcdef0123456789abcdef:sig:builder:1795526400
    == others
    1795526400 /var/lib/clamav/own.hdb
    == end

Format: ClamAV's manual, CVD (ClamAV Virus Database) files.
"""

from __future__ import annotations

import re

from xunwei.model import Facts
from xunwei.packs.app_node.common import clock
from xunwei.packs.linux.parts import Parts
from xunwei.parse import Unparsed

_HEADER = re.compile(
    r"(\S+)\.(?:cvd|cld) ClamAV-VDB:(\d\d [A-Z][a-z]{2} \d{4}[^:]*):(\d+):(\d+):(\d+):[^:]*:[^:]*:[^:]*:(\d{9,11})\s*"
)


def parse(text: str) -> Facts:
    """{"databases": […]}; `built` in epoch seconds. `daily` is null when there is no daily database."""
    parts = Parts(text)
    now = clock(parts)["now"]
    rows = []
    for n, line in parts.one("definitions").whole().lines:
        match = _HEADER.fullmatch(line)
        if match is None:
            raise Unparsed(f"line {n} is not the header of a database: {line[:60]!r}")
        row = {
            "name": match[1],
            "version": int(match[3]),
            "signatures": int(match[4]),
            "built": int(match[6]),
            "_line": n,
        }
        if int(match[6]) > now + 86400:
            raise Unparsed(f"line {n}: built in the future")
        rows.append(row)
    daily = next((r for r in rows if r["name"] == "daily"), None)
    return {
        "databases": rows,
        "any": bool(rows),
        "daily": daily["built"] if daily else None,
        "own": len(parts.one("others").whole().lines),
    }
