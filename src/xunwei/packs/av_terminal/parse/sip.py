"""Answers to SIP OPTIONS over UDP and TCP (RFC 3261, 11.2). Simulator:

== sip-udp 5060 open 3.1 ms
SIP/2.0 200 OK
Via: SIP/2.0/UDP 192.0.2.10:47134;branch=z9hG4bK19d01622;rport=47134
Allow: INVITE, ACK, CANCEL, BYE, OPTIONS
Server: TE40 V600R019C00SPC400
== sip-tcp 5060 refused
"""

from __future__ import annotations

from typing import Any

from xunwei.packs.av_terminal.knocks import blocks, headers, status, words
from xunwei.parse import Unparsed


def parse(text: str) -> dict[str, Any]:
    """Both transports; the values of the first that answered. Raises Unparsed for what is no SIP."""
    found = blocks(text, "sip-udp", "sip-tcp")
    if len({b.service for b in found}) != len(found):
        raise Unparsed("a transport is listed twice")
    rows: list[dict[str, Any]] = []
    best: dict[str, Any] = {"status": None, "reason": None, "milliseconds": None, "server": None, "methods": None}
    for block in found:
        answered = block.state == "open"
        code, reason = status(block, r"SIP/2\.0") if answered else (None, None)
        if answered and (code or 0) < 200:
            raise Unparsed("a provisional answer is none")
        row = {"transport": block.service.removeprefix("sip-"), "port": block.port, "state": block.state}
        rows.append({**row, "status": code, "milliseconds": block.milliseconds, "_line": block.line})
        if answered and best["status"] is None:
            fields = headers(block)
            server = fields.get("server") or fields.get("user-agent")
            best = {"status": code, "reason": reason, "milliseconds": block.milliseconds, "server": server}
            best |= {"methods": words(fields.get("allow")), "_line": block.line + 1}
    return {"transports": rows, "answers": best["status"] is not None, **best}
