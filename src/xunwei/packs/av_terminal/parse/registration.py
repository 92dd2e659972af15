"""What a registrar answers about an address of record (SIP OPTIONS, RFC 3261). Simulator:

    aor sip:1001@conf.example
    == registrar 5060 open 5.6 ms
    SIP/2.0 480 Temporarily Unavailable
    Via: SIP/2.0/UDP 192.0.2.10:38602;branch=z9hG4bK6e1c7279

2xx: it is reached, so it is registered. 480: known, but no place to reach it at. 404, 410, 604: there is no such name.
Anything else (a login is wanted, the server is busy) says nothing about it.
"""

from __future__ import annotations

from typing import Any

from xunwei.packs.av_terminal.knocks import headers, one, status
from xunwei.parse import Unparsed

_ABSENT = (404, 410, 480, 604)


def parse(text: str) -> dict[str, Any]:
    """Address, status, and whether it is registered: null when the answer does not say."""
    first, _, rest = text.partition("\n")
    aor = first.removeprefix("aor ").strip()
    if not first.startswith("aor ") or not aor:
        raise Unparsed("the address of record is missing")
    block = one(rest, "registrar")
    if block.state != "open" or block.milliseconds is None:
        raise Unparsed(f"the registrar is {block.state}")
    code, reason = status(block, r"SIP/2\.0")
    headers(block)
    if code < 200:
        raise Unparsed("a provisional answer is none")
    registered = True if code < 300 else False if code in _ABSENT else None
    found = {"aor": aor, "status": code, "reason": reason, "registered": registered, "milliseconds": block.milliseconds}
    return {**found, "_line": block.line + 2}
