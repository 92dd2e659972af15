"""Connections and requests, `stub_status` (ngx_http_stub_status_module).

Active connections: 291
server accepts handled requests
 16630948 16630946 31070465
Reading: 6 Writing: 179 Waiting: 106
"""

from __future__ import annotations

import re

from xunwei.model import Facts
from xunwei.parse import Unparsed

_PAGE = re.compile(
    r"Active connections: (\d+)\s*\nserver accepts handled requests(?: request_time)?\s*\n\s*(\d+) (\d+) (\d+)(?: \d+)?\s*\n"
    r"Reading: (\d+) Writing: (\d+) Waiting: (\d+)\s*"
)


def parse(text: str) -> Facts:
    """Connections now, and the counters since the start; `dropped` is accepted but not handled."""
    match = _PAGE.fullmatch(text)
    if match is None:
        raise Unparsed("not the page of stub_status")
    active, accepts, handled, requests, reading, writing, waiting = (int(g) for g in match.groups())
    if handled > accepts:
        raise Unparsed("more connections handled than accepted")
    total = {"name": "all", "accepts": accepts, "handled": handled, "requests": requests, "dropped": accepts - handled}
    return {
        "active": active,
        "reading": reading,
        "writing": writing,
        "waiting": waiting,
        "totals": [total | {"_line": 3}],
        "_lines": {"active": 1},
    }
