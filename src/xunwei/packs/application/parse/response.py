"""Five timed requests of the home page, and the times of connection and handshake (collector http).

{"connect_ms": 0.4, "name": "home", "path": "/", "samples": [12.1, 11.8, 12.5, 11.9, 30.2], "tls_ms": 5.2}
-- 1 rows
"""

from __future__ import annotations

import statistics

from xunwei.model import Facts
from xunwei.packs.application.rows import rows
from xunwei.parse import Unparsed

_COLUMNS = {"name": "str", "path": "str", "samples": "list", "connect_ms": "float", "tls_ms": "float?"}


def parse(text: str) -> Facts:
    """{"pages": […]} with median and worst of the samples, in milliseconds."""
    pages = rows(text, _COLUMNS)
    if not pages:
        raise Unparsed("no page was timed")
    for page in pages:
        times = page["samples"]
        if len(times) < 3 or any(isinstance(t, bool) or not isinstance(t, int | float) or t < 0 for t in times):
            raise Unparsed(f"line {page['_line']}: the samples are not times")
        page["median_ms"] = float(statistics.median(times))
        page["worst_ms"] = float(max(times))
    return {"pages": pages}
