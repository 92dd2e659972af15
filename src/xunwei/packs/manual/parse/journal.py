"""Whether the journal of an asset is whole. Own format (`xunwei.collect.manual`): a summary, then a line per problem:

{"head": "3f…", "photos": 2, "problems": 1, "records": 14, "unknown": []}
{"line": 3, "problem": "does not follow the record before it"}
"""

from __future__ import annotations

from typing import Any

from xunwei.packs.manual.lines import objects, take
from xunwei.parse import Unparsed


def parse(text: str) -> dict[str, Any]:
    """The summary and the first problem. Raises Unparsed, also when summary and problems do not agree."""
    rows = objects(text)
    if not rows:
        raise Unparsed("no summary")
    number, summary = rows[0]
    counts = {k: take(summary, k, int) for k in ("records", "photos", "problems")}
    if min(counts.values()) < 0 or counts["problems"] != len(rows) - 1:
        raise Unparsed(f"{counts['problems']} problems are announced, {len(rows) - 1} listed")
    problem = None
    for _, row in reversed(rows[1:]):
        place = take(row, "line", int)
        problem = f"{f'record {place}: ' if place else ''}{take(row, 'problem', str)}"
    return {
        **counts, "head": take(summary, "head", str), "problem": problem,
        "unknown": [str(n) for n in take(summary, "unknown", list)], "_line": rows[1][0] if len(rows) > 1 else number,
    }  # fmt: skip
