"""`rabbitmqctl list_queues` of every virtual host.

== vhosts
[
{"name":"/"}
]
== vhost /
[
{"name":"cases","durable":true,"messages_ready":3,"messages_unacknowledged":1,"consumers":2,"memory":21000,"state":"running"}
]
== end
"""

from __future__ import annotations

from xunwei.model import Facts
from xunwei.packs.linux.parts import Part, Parts
from xunwei.packs.rabbitmq.answers import rows
from xunwei.parse import Unparsed

_COLUMNS = {
    "name": "str", "durable": "bool?", "messages_ready": "int?", "messages_unacknowledged": "int?", "consumers": "int?",
    "memory": "int?", "state": "str?",
}  # fmt: skip


def parse(text: str) -> Facts:
    """{"queues": […], "vhosts": […]}; counts are null for a queue that could not be asked."""
    parts = Parts(text)
    names = [r["name"] for r in rows(_text(parts.one("vhosts")), {"name": "str"})]
    asked = parts.every("vhost")
    if sorted(names) != sorted(p.argument for p in asked):
        raise Unparsed("not every virtual host was asked")
    queues = []
    for part in asked:
        for row in rows(_text(part), _COLUMNS, part.line + 1):
            queues.append({"key": f"{part.argument} {row['name']}", "vhost": part.argument, **row})
    return {"vhosts": names, "queues": queues}


def _text(part: Part) -> str:
    return "\n".join(line for _, line in part.whole().raw)
