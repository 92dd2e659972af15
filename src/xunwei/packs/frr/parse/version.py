"""`show version`. Recorded (FRR 8.4.4):

FRRouting 8.4.4 (rt-edge-1) on Linux(6.1.0-18-amd64).
Copyright 1996-2005 Kunihiro Ishiguro, et al.
"""

from __future__ import annotations

import re
from typing import Any

from xunwei.parse.text import line_of, need

_LINE = re.compile(
    r"^FRRouting (?P<version>\d+(?:\.\d+)+\S*)(?: \((?P<host>[^)]*)\))?(?: on (?P<kernel>\w+\([^)]*\)))?\.?\s*$",
    re.MULTILINE,
)


def parse(text: str) -> dict[str, Any]:
    """{"version", "hostname", "kernel"}; raises Unparsed."""
    match = need(_LINE, text, "FRRouting version")
    return {
        "version": match["version"].rstrip("."),
        "hostname": match["host"] or None,
        "kernel": match["kernel"],
        "_line": line_of(text, match.start()),
    }
