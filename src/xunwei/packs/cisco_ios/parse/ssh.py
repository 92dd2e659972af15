"""`show ip ssh` (command reference).

SSH Enabled - version 2.0
Authentication timeout: 120 secs; Authentication retries: 3
"""

from __future__ import annotations

import re
from typing import Any

from xunwei.packs.cisco_ios.ios import shown
from xunwei.parse.text import Unparsed

_STATE = re.compile(r"^\s*SSH (?P<state>Enabled|Disabled) - version (?P<version>[\d.]+)", re.MULTILINE)
_LIMITS = re.compile(r"Authentication timeout: (?P<seconds>\d+) secs?; Authentication retries: (?P<retries>\d+)")


def parse(text: str) -> dict[str, Any]:
    """{"enabled", "version", "timeout_seconds", "retries"}; raises Unparsed."""
    shown(text)
    state, limits = _STATE.search(text), _LIMITS.search(text)
    if state is None:
        raise Unparsed("state of the SSH server not found")
    return {
        "enabled": state["state"] == "Enabled",
        "version": state["version"],
        "timeout_seconds": int(limits["seconds"]) if limits else None,
        "retries": int(limits["retries"]) if limits else None,
    }
