"""`show bfd peers json`: [{"peer": "198.51.100.2", "status": "up", "diagnostic": "ok", …}]. Recorded (FRR 8.4.4)."""

from __future__ import annotations

from typing import Any

from xunwei.packs.frr.answers import line_of_key, load, maybe_word, rows, table, word
from xunwei.parse.text import Unparsed


def parse(text: str) -> dict[str, Any]:
    """{"peers": [{peer, interface, state, diagnostic}]}; raises Unparsed."""
    peers = []
    for value in rows(load(text, "BFD peers"), "the answer"):
        item = table(value, "a peer")
        state = word(item, "status")
        if state not in ("up", "down", "init", "shutdown"):
            raise Unparsed(f"unknown state of a BFD session: {state[:40]!r}")
        name = word(item, "peer")
        diagnostic = maybe_word(item, "diagnostic")
        peer: dict[str, Any] = {"peer": name, "interface": maybe_word(item, "interface"), "state": state}
        peers.append(peer | {"diagnostic": diagnostic, "_line": line_of_key(text, name)})
    return {"peers": peers}
