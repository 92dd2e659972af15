"""Set-user-id and set-group-id files in the folders of programs, and in those where anyone can put files.

== searched
/usr/bin
== files
4755 root:root /usr/bin/su
== end
"""

from __future__ import annotations

from typing import Any

from xunwei.packs.linux.parts import Parts, stat_line
from xunwei.parse import Unparsed

_OPEN = ("/tmp/", "/var/tmp/", "/dev/shm/", "/home/")  # noqa: S108 - where such files must not lie


def parse(text: str) -> dict[str, Any]:
    """Facts: `files` with flags, `searched` folders, `clipped`. Raises Unparsed."""
    parts = Parts(text)
    part = parts.one("files").whole()
    files = []
    for n, line in part.lines:
        entry = stat_line(n, line)
        special = int(str(entry["mode"]), 8) >> 9
        if not special & 6:
            raise Unparsed(f"line {n} is neither set-user-id nor set-group-id: {line[:60]!r}")
        path = str(entry["path"])
        entry.update(
            suid=bool(special & 4),
            sgid=bool(special & 2),
            name=path.rpartition("/")[2],
            open_folder=path.startswith(_OPEN),
        )
        files.append(entry)
    searched = [line for _, line in parts.one("searched").lines]
    return {"files": files, "searched": searched, "count": len(files), "clipped": part.clipped}
