"""What the page for an address that does not exist tells (collector http).

{"stack_trace": false, "status": 404, "version": null}
-- 1 rows
"""

from __future__ import annotations

from xunwei.model import Facts
from xunwei.packs.application.rows import one


def parse(text: str) -> Facts:
    """Status, and whether it shows a stack trace or a version."""
    return one(text, {"status": "int", "stack_trace": "bool", "version": "str?"})
