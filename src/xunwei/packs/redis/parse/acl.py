"""`ACL LIST` (6.0 and later), hashes of passwords taken out.

== users
user default on nopass sanitize-payload ~* &* +@all
user portal on #hash ~portal:* resetchannels -@all +@read +@write
== end
"""

from __future__ import annotations

from xunwei.model import Facts
from xunwei.packs.linux.parts import Parts
from xunwei.parse import Unparsed


def parse(text: str) -> Facts:
    """{"users": […]} with what each may."""
    rows = []
    for n, line in Parts(text).one("users").whole().lines:
        words = line.split()
        if len(words) < 3 or words[0] != "user" or words[2] not in ("on", "off"):
            raise Unparsed(f"line {n} is not a user: {line[:60]!r}")
        rows.append(
            {
                "name": words[1],
                "enabled": words[2] == "on",
                "nopass": "nopass" in words,
                "all_keys": "~*" in words or "allkeys" in words,
                "all_commands": "+@all" in words or "allcommands" in words,
                "_line": n,
            }
        )
    if not any(r["name"] == "default" for r in rows):
        raise Unparsed("the user default is missing")
    return {"users": rows}
