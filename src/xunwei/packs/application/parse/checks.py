"""What became of every declared check (collector http; recorded from the lab's portal).

{"attempts": 1, "available": true, "bytes": 512, "name": "home", "outcome": "answered", "status": 200, "status_ok": true, …}
-- 1 rows
"""

from __future__ import annotations

from xunwei.model import Facts
from xunwei.packs.application.rows import rows
from xunwei.parse import Unparsed

_COLUMNS = {
    "name": "str", "method": "str", "url": "str", "outcome": "str", "reason": "str", "available": "bool?", "status": "int?",
    "expected_status": "list", "status_ok": "bool?", "content_ok": "bool?", "expected_text": "str?", "text_ok": "bool?",
    "regex_ok": "bool?", "json": "list", "ms": "float?", "max_ms": "int?", "attempts": "int", "hops": "int", "bytes": "int?",
    "digest": "str?", "title": "str?", "not_after": "str?",
}  # fmt: skip
_OUTCOMES = ("answered", "no_connection", "certificate", "timed_out", "broken")


def parse(text: str) -> Facts:
    """{"checks": […]}, at least one."""
    found = rows(text, _COLUMNS)
    if not found:
        raise Unparsed("no check was asked")
    for row in found:
        if row["outcome"] not in _OUTCOMES:
            raise Unparsed(f"line {row['_line']}: unknown outcome {row['outcome'][:20]!r}")
        answered = row["outcome"] == "answered"
        if answered != (row["available"] is True) or answered != (row["status"] is not None and row["ms"] is not None):
            raise Unparsed(f"line {row['_line']}: outcome and answer contradict each other")
    return {"checks": found}
