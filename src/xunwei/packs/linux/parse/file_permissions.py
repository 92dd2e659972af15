"""Modes and owners of key files: `stat -c '%a %U:%G %n'`; `== unseen` are files in folders that may not be entered.

== unseen
== files
640 root:shadow /etc/shadow
== end
"""

from __future__ import annotations

from typing import Any

from xunwei.packs.linux.parts import Parts, stat_line
from xunwei.parse import Unparsed


def parse(text: str) -> dict[str, Any]:
    """Facts: `files`, `unseen`. Raises Unparsed."""
    parts = Parts(text)
    files = [stat_line(n, line) for n, line in parts.one("files").whole().lines]
    if not any(f["path"] == "/etc/passwd" for f in files):
        raise Unparsed("/etc/passwd is not among the files")
    return {"files": files, "unseen": [line for _, line in parts.one("unseen").lines]}
