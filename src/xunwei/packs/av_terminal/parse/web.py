"""The management page. Simulator:

== web 443 open 10.4 ms
HTTP/1.1 200 OK
Server: AV-Web/1.0
Title: TE40 V600R019C00SPC400
"""

from __future__ import annotations

from typing import Any

from xunwei.packs.av_terminal.knocks import headers, one, status


def parse(text: str) -> dict[str, Any]:
    """Status, title and the names the page gives itself; `answers` is whether there was an HTTP answer."""
    block = one(text, "web")
    found: dict[str, Any] = {"port": block.port, "state": block.state, "answers": False, "_line": block.line}
    found |= {"milliseconds": block.milliseconds, **dict.fromkeys(("status", "title", "server", "location"))}
    if block.state != "open":
        return found
    code, _ = status(block, r"HTTP/\d\.\d")
    fields = headers(block)
    named = {k: fields.get(k) for k in ("title", "server", "location")}
    return found | {"answers": True, "status": code, **named}
