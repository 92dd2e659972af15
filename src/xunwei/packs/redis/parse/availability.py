"""What PING says.

== ping
PONG
== result
port=6379
code=0
== end
"""

from __future__ import annotations

from xunwei.model import Facts
from xunwei.packs.linux.parts import Parts
from xunwei.parse import Unparsed


def parse(text: str) -> Facts:
    """`state`: answering, refused (a password is asked for), loading, or down."""
    parts = Parts(text)
    words = " ".join(line for _, line in parts.one("ping").lines)
    result = {k: v for k, (v, _) in parts.one("result").pairs().items()}
    if set(result) != {"port", "code"}:
        raise Unparsed("the result is not complete")
    if words == "PONG" and result["code"] == "0":
        state = "answering"
    elif words.startswith(("NOAUTH", "WRONGPASS", "AUTH failed", "NOPERM")):
        state = "refused"
    elif words.startswith("LOADING"):
        state = "loading"
    elif words.startswith("Could not connect") or "Connection refused" in words or result["code"] in ("124", "137"):
        state = "down"
    else:
        raise Unparsed(f"PING was answered with {words[:60]!r}")
    return {"state": state, "port": result["port"], "_line": parts.one("ping").line}
