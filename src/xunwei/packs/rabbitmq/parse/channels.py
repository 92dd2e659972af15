"""`rabbitmqctl list_channels messages_unacknowledged prefetch_count consumer_count`.

== list
[
{"messages_unacknowledged":0,"prefetch_count":50,"consumer_count":1}
]
== end
"""

from __future__ import annotations

from xunwei.model import Facts
from xunwei.packs.rabbitmq.answers import listed


def parse(text: str) -> Facts:
    """Counts; `unbounded`: channels with consumers that take any number of messages at once."""
    found = listed(text, {"messages_unacknowledged": "int?", "prefetch_count": "int?", "consumer_count": "int?"})
    return {
        "total": len(found),
        "worst_unacknowledged": max((r["messages_unacknowledged"] or 0 for r in found), default=0),
        "unbounded": sum(r["prefetch_count"] == 0 and (r["consumer_count"] or 0) > 0 for r in found),
    }
