"""The answer to RTSP OPTIONS (RFC 2326, 10.1; RFC 7826, 13.1). Simulator:

== rtsp 554 open 2.8 ms
RTSP/1.0 200 OK
CSeq: 1
Public: OPTIONS, DESCRIBE, SETUP, TEARDOWN, PLAY
"""

from __future__ import annotations

from typing import Any

from xunwei.packs.av_terminal.knocks import headers, one, status, words
from xunwei.parse import Unparsed


def parse(text: str) -> dict[str, Any]:
    """Status and methods. Any answer to our question (CSeq 1) counts, also one that wants a login."""
    block = one(text, "rtsp")
    found: dict[str, Any] = {"port": block.port, "state": block.state, "answers": False, "_line": block.line}
    found |= {"status": None, "milliseconds": block.milliseconds, "server": None, "methods": None}
    if block.state != "open":
        return found
    code, _ = status(block, r"RTSP/[12]\.0")
    fields = headers(block)
    if code != 400 and fields.get("cseq", "").strip() != "1":
        raise Unparsed(f"an answer to another question: CSeq {fields.get('cseq', '')[:20]!r}")
    methods = words(fields.get("public"))
    return found | {"answers": True, "status": code, "server": fields.get("server"), "methods": methods}
