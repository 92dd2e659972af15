"""/etc/passwd without the comment field; the password field is a word: x, empty, none, inline.

== login_defs
UID_MIN=1000
== passwd
root:x:0:0:/root:/bin/bash
== end
"""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

from xunwei.packs.linux.parts import Parts, number
from xunwei.parse import Unparsed

_NO_LOGIN = re.compile(r"(/nologin|/false|/sync|/shutdown|/halt|/true|/null)$")


def parse(text: str) -> dict[str, Any]:
    """Facts: `accounts`, `uid_min`, `duplicate_names`, `duplicate_uids`. Raises Unparsed."""
    parts = Parts(text)
    uid_min = number(parts.one("login_defs").pairs().get("UID_MIN", ("1000", 0))[0], "UID_MIN")
    accounts: list[dict[str, Any]] = []
    for n, line in parts.one("passwd").whole().lines:
        words = line.split(":")
        if len(words) != 6 or not words[0] or words[1] not in ("x", "empty", "none", "inline"):
            raise Unparsed(f"line {n} is not an account: {line[:60]!r}")
        name, field, uid, gid, home, shell = words
        accounts.append(
            {
                "name": name,
                "uid": number(uid, "uid"),
                "gid": number(gid, "gid"),
                "home": home,
                "shell": shell,
                # An empty shell field is /bin/sh (passwd(5)).
                "login": _NO_LOGIN.search(shell) is None,
                "system": int(uid) < uid_min or int(uid) in (65534, 65535),
                "shadowed": field in ("x", "none"),
                "password_field": field,
                "_line": n,
            }
        )
    if not accounts:
        raise Unparsed("no account at all")
    names = Counter(a["name"] for a in accounts)
    uids = Counter(a["uid"] for a in accounts)
    twice = [a["_line"] for a in accounts if names[a["name"]] > 1 or uids[a["uid"]] > 1]
    return {
        "_lines": dict.fromkeys(("duplicate_names", "duplicate_uids"), twice[-1]) if twice else {},
        "accounts": accounts,
        "uid_min": uid_min,
        "login_count": sum(a["login"] for a in accounts),
        "duplicate_names": sorted(x for x, c in names.items() if c > 1),
        "duplicate_uids": sorted(x for x, c in uids.items() if c > 1),
    }
