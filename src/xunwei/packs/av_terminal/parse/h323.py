"""Whether the H.225.0 call signalling port takes a connection: `== h323 1720 open 2.2 ms`."""

from __future__ import annotations

from typing import Any

from xunwei.packs.av_terminal.knocks import one
from xunwei.parse import Unparsed


def parse(text: str) -> dict[str, Any]:
    """Port and state."""
    block = one(text, "h323")
    if block.lines or block.state not in ("open", "refused", "silent"):
        raise Unparsed("a port that was only connected to gave an answer")
    found = {"port": block.port, "state": block.state, "answers": block.state == "open"}
    return {**found, "milliseconds": block.milliseconds, "_line": block.line}
