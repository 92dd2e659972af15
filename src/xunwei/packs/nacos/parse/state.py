"""What the server says of itself, `/v1/console/server/state`.

{"version": "2.2.3", "standalone_mode": "cluster", "auth_enabled": "true", "function_mode": null, "startup_mode": "cluster"}
== http 200
"""

from __future__ import annotations

from xunwei.model import Facts
from xunwei.packs.nacos.answers import body
from xunwei.parse import Unparsed


def parse(text: str) -> Facts:
    """Version, mode, and whether authentication is on (null when this release does not tell)."""
    found = body(text)
    if not isinstance(found, dict) or not isinstance(found.get("version"), str):
        raise Unparsed("no version in the state")
    auth = found.get("auth_enabled")
    mode = found.get("startup_mode") or found.get("standalone_mode")
    return {
        "version": found["version"],
        "mode": str(mode) if mode is not None else None,
        "auth": {"true": True, "false": False}.get(str(auth).lower()),
    }
