"""`rabbitmq-plugins list -E` (recorded from 3.10.8; versions as lists of character codes there).

{"format": "normal", "plugins": [{"enabled": "enabled", "name": "rabbitmq_management", "running": true}], "status": "running"}
"""

from __future__ import annotations

from xunwei.model import Facts
from xunwei.packs.rabbitmq.answers import document, take
from xunwei.parse import Unparsed


def parse(text: str) -> Facts:
    """{"plugins": […]} that are switched on."""
    data = document(text)
    if data.get("status") != "running":
        raise Unparsed("the node did not say which plugins run")
    found = [p for p in take(data, "plugins", "list") if isinstance(p, dict)]
    return {"plugins": [{"name": take(p, "name", "str"), "running": take(p, "running", "bool")} for p in found]}
