"""`INFO clients`; `maxclients` is there since 7.0, before it comes from CONFIG GET.

# Clients
connected_clients:12
maxclients:10000
blocked_clients:0
"""

from __future__ import annotations

from xunwei.model import Facts
from xunwei.packs.redis.info import fields, lines, must, whole


def parse(text: str) -> Facts:
    """Connections now and at most."""
    found = fields(text, "clients")
    connected, most = must(found, "connected_clients"), whole(found, "maxclients")
    return {
        "connected": connected,
        "most": most,
        "used_percent": round(100 * connected / most, 2) if most else None,
        "blocked": must(found, "blocked_clients"),
    } | lines(found, used_percent="connected_clients", blocked="blocked_clients")
