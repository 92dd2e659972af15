"""`ipmitool mc selftest` (manual: ipmitool(1), IPMI 2.0 section 20.4):

Selftest: passed
"""

from __future__ import annotations

from xunwei.model import Facts
from xunwei.packs.ipmi.lines import only
from xunwei.parse import Unparsed


def parse(text: str) -> Facts:
    """The result, with what follows it. Raises Unparsed."""
    part = only(text)
    number, first = part.lines[0] if part.lines else (0, "")
    result = first.removeprefix("Selftest:").strip()
    if not first.startswith("Selftest:") or not result:
        raise Unparsed(f"not a self test: {first[:60]!r}")
    words = [result, *(line.strip(" ->") for _, line in part.lines[1:])]
    return {"passed": result == "passed" and len(words) == 1, "result": "; ".join(words)[:200], "_line": number}
