"""Status codes of the last requests (at most 20 000 lines of each access log), counted on the host.

== logs
== log /var/log/nginx/access.log
200=19321
404=20
502=3
other=0
== end
"""

from __future__ import annotations

import re

from xunwei.model import Facts
from xunwei.packs.linux.parts import Part, Parts, number
from xunwei.parse import Unparsed

FEWEST = 100  # requests below which a share says nothing


def parse(text: str) -> Facts:
    """{"logs": […]} with the share of 5xx; null when a log is not readable, of another format, or too short to tell."""
    parts = Parts(text)
    parts.one("logs")
    return {"logs": [_log(p) for p in parts.every("log")]}


def _log(part: Part) -> Facts:
    pairs = {k: v for k, (v, _) in part.whole().pairs().items()}
    row: Facts = {"path": part.argument, "requests": None, "errors_5xx": None, "errors_4xx": None, "percent_5xx": None}
    row["_line"] = part.line
    if pairs == {"readable": "no"}:
        return row
    other = number(pairs.pop("other", ""), "other")
    if any(not re.fullmatch(r"[1-5]\d\d", code) for code in pairs):
        raise Unparsed(f"the log at line {part.line} has codes that are none")
    counts = {code: number(value, code) for code, value in pairs.items()}
    total = sum(counts.values())
    if other > total:  # not the combined format
        return row
    bad = sum(n for code, n in counts.items() if code.startswith("5"))
    return row | {
        "requests": total,
        "errors_5xx": bad,
        "errors_4xx": sum(n for code, n in counts.items() if code.startswith("4")),
        "percent_5xx": round(100 * bad / total, 3) if total >= FEWEST else 0.0 if bad == 0 else None,
    }
