"""Folders for uploads and data: space, inodes, and whether the account of the application may write.

== folder /data/upload
exists=yes
space /dev/vdb1 xfs 104857600 52428800 52428800 50% /data
inodes /dev/vdb1 xfs 52428800 120000 52308800 1% /data
account=app
writable=yes
read_only=no
== end
"""

from __future__ import annotations

import re

from xunwei.model import Facts
from xunwei.packs.app_node.common import disk
from xunwei.packs.linux.parts import Part, Parts
from xunwei.parse import Unparsed

_WORDS: dict[str, bool | None] = {"yes": True, "no": False, "?": None}


def parse(text: str) -> Facts:
    """{"folders": […]}; what could not be tried is null."""
    folders = [_folder(part) for part in Parts(text).every("folder")]
    if not folders:
        raise Unparsed("no folder in the answer")
    return {"folders": folders}


def _folder(part: Part) -> Facts:
    words: dict[str, str] = {}
    row: Facts = {
        "path": part.argument,
        "used_percent": None,
        "free_mib": None,
        "inodes_percent": None,
        "_line": part.line,
    }
    for n, line in part.whole().lines:
        kind, _, rest = line.partition(" ")
        if kind == "space":
            found = disk(n, rest)
            row |= {"used_percent": found["used_percent"], "free_mib": found["free_mib"]}
        elif kind == "inodes":
            share = re.search(r"\s(\d+)%\s", rest)
            row["inodes_percent"] = float(share[1]) if share else None  # `-`: a file system without a fixed number
        else:
            key, sep, value = line.partition("=")
            if not sep or key not in ("exists", "account", "writable", "read_only") or key in words:
                raise Unparsed(f"line {n} is not about the folder: {line[:60]!r}")
            words[key] = value
    exists = _WORDS.get(words.get("exists", ""))
    if exists is None or any(words.get(k, "?") not in _WORDS for k in ("writable", "read_only")):
        raise Unparsed(f"the folder at line {part.line} does not say whether it exists")
    if exists and row["used_percent"] is None:
        raise Unparsed(f"the folder at line {part.line} has no space")
    row["exists"] = exists
    if not exists:
        return row | {"writable": False, "read_only": False}
    return row | {k: _WORDS[words.get(k, "?")] for k in ("writable", "read_only")}
