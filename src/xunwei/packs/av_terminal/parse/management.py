"""Ways in that send everything in the clear. Simulator:

== telnet 23 refused
== http 80 open 7.1 ms
HTTP/1.1 302 Found
Location: https://192.0.2.31/
"""

from __future__ import annotations

from typing import Any

from xunwei.packs.av_terminal.knocks import blocks, headers, status
from xunwei.parse import Unparsed


def parse(text: str) -> dict[str, Any]:
    """State of Telnet and HTTP, null for what was not asked, and whether HTTP only sends on to HTTPS."""
    found: dict[str, Any] = dict.fromkeys(("telnet", "http", "http_status", "http_to_https"))
    lines: dict[str, int] = {}
    for block in blocks(text, "telnet", "http"):
        if block.service in lines:
            raise Unparsed(f"{block.service} is listed twice")
        # Broken: somebody answers, but nothing that says what it is.
        found[block.service] = None if block.state == "broken" else block.state
        lines[block.service] = block.line
        if block.service == "http" and block.state == "open":
            code, _ = status(block, r"HTTP/\d\.\d")
            target = headers(block).get("location", "")
            onward = code in (301, 302, 303, 307, 308) and target.lower().startswith("https://")
            found |= {"http_status": code, "http_to_https": onward}
    return {**found, "_lines": lines}
