"""Files, and folders without the sticky bit, that anyone can write, below /etc, /usr/local, /root and the crontabs.

== searched
/etc
== files
666 root:root /etc/report.conf
== end
"""

from __future__ import annotations

from typing import Any

from xunwei.packs.linux.parts import Parts, stat_line
from xunwei.parse import Unparsed


def parse(text: str) -> dict[str, Any]:
    """Facts: `files`, `searched` folders, `clipped`. Raises Unparsed."""
    parts = Parts(text)
    part = parts.one("files").whole()
    files = []
    for n, line in part.lines:
        entry = stat_line(n, line)
        if not int(str(entry["other_bits"])) & 2:
            raise Unparsed(f"line {n} cannot be written by anyone: {line[:60]!r}")
        files.append(entry)
    searched = [line for _, line in parts.one("searched").lines]
    if not searched:
        raise Unparsed("nothing was searched")
    return {"files": files, "searched": searched, "count": len(files), "clipped": part.clipped}
