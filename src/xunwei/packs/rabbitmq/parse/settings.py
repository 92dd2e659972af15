"""Three settings of the running node; the rest of its environment stays on the host.

== settings
loopback_users=["guest"]
cluster_partition_handling=ignore
heartbeat=60
== end
"""

from __future__ import annotations

import json

from xunwei.model import Facts
from xunwei.packs.linux.parts import Parts
from xunwei.parse import Unparsed


def parse(text: str) -> Facts:
    """Who may only log in from this host, and what happens when the cluster falls apart."""
    found = Parts(text).one("settings").whole().pairs()
    try:
        loopback = json.loads(found["loopback_users"][0] or "null")
    except (KeyError, ValueError, RecursionError):
        raise Unparsed("loopback_users is missing") from None
    if not isinstance(loopback, list) and loopback is not None:
        raise Unparsed("loopback_users is not a list")
    beat = found.get("heartbeat", ("", 0))[0]
    return {
        "loopback_users": None if loopback is None else [str(u) for u in loopback],
        "partition_handling": found.get("cluster_partition_handling", ("", 0))[0] or None,
        "heartbeat": int(beat) if beat.isdigit() and len(beat) < 9 else None,
    }
