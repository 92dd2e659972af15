"""`ceph versions -f json-pretty`.

{"mon": {"ceph version 18.2.4 (e7ad…) reef (stable)": 3}, "osd": {…}, "overall": {"ceph version 18.2.4 …": 48}}
"""

from __future__ import annotations

import re
from typing import Any

from xunwei.packs.ceph.answers import get, table
from xunwei.parse.text import Unparsed

_TEXT = re.compile(r"ceph version (\d+\.\d+\.\d+)\S* \(\S*\) (\w+) \(.*\)")


def parse(text: str) -> dict[str, Any]:
    """{versions, newest, oldest}; `release` is the code name."""
    found: list[dict[str, Any]] = []
    for words, count in get(table(text), "overall", dict).items():
        match = _TEXT.fullmatch(words)
        if match is None or not isinstance(count, int) or isinstance(count, bool):
            raise Unparsed(f"a version is not understood: {words[:60]!r}")
        found.append({"version": match[1], "release": match[2], "daemons": count})
    if not found:
        raise Unparsed("no daemon has a version")
    found.sort(key=lambda v: [int(n) for n in v["version"].split(".")])
    return {"versions": found, "newest": found[-1]["version"], "oldest": found[0]["version"]}
