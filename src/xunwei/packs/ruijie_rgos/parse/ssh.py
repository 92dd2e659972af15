"""`show ip ssh` (RGOS 11 command reference).

SSH Enable - version 2.0
SSH Port: 22
Authentication timeout: 120 secs
Authentication retries: 3
SSH SCP Server: disabled
"""

from __future__ import annotations

import re
from typing import Any

from xunwei.packs.cisco_ios.ios import shown
from xunwei.parse.text import Unparsed

_STATE = re.compile(r"^\s*SSH (?P<state>Enable|Disable)d? - version (?P<version>[\d.]+)", re.MULTILINE)
_SECONDS = re.compile(r"^\s*Authentication timeout: *(\d+) secs?", re.MULTILINE)
_RETRIES = re.compile(r"^\s*Authentication retries: *(\d+)|; Authentication retries: *(\d+)", re.MULTILINE)


def parse(text: str) -> dict[str, Any]:
    """{"enabled", "version", "timeout_seconds", "retries"}; raises Unparsed."""
    shown(text)
    state, seconds, retries = _STATE.search(text), _SECONDS.search(text), _RETRIES.search(text)
    if state is None:
        raise Unparsed("state of the SSH server not found")
    return {
        "enabled": state["state"] == "Enable",
        "version": state["version"],
        "timeout_seconds": int(seconds[1]) if seconds else None,
        "retries": int(retries[1] or retries[2]) if retries else None,
    }
