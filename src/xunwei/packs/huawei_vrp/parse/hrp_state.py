"""`display hrp state verbose`: hot standby of two firewalls.

     Role: active, peer: standby
     Running priority: 45000, peer: 45000
     Backup channel usage: 0.00%
     Stable time: 0 days, 0 hours, 11 minutes
     Last state change information: 2026-05-06 14:31:24 HRP core state changed, old_state = abnormal(active), …

     Configuration:
     auto-sync configuration:     on
     auto-sync connection-status: on

From the USG6000E command reference; without `verbose` the configuration is missing.
Some releases add `(should be "standby-active")` behind the roles.
"""

from __future__ import annotations

import re
from typing import Any

from xunwei.packs.huawei_vrp.vrp import body, percent, says, uptime, whole
from xunwei.parse import Unparsed

_OFF = (r"hrp (?:function )?is (?:not enabled|disabled)", r"hot standby (?:function )?is (?:not enabled|disabled)")
_ROLE = re.compile(r'\s*Role\s*:\s*(\w+)\s*,\s*peer\s*:\s*(\w+)\s*(\(should be "?[\w\-]+"?\))?\s*', re.IGNORECASE)
_PRIORITY = re.compile(r"\s*Running priority\s*:\s*(\d+)\s*,\s*peer\s*:\s*(\d+|unknown)\s*", re.IGNORECASE)
_CHANNEL = re.compile(r"\s*Backup channel usage\s*:\s*(\S+%)\s*", re.IGNORECASE)
_STABLE = re.compile(r"\s*Stable time\s*:\s*(\S.*)", re.IGNORECASE)
_SYNC = re.compile(r"\s*auto-sync (configuration|connection-status)\s*:\s*(on|off)\s*", re.IGNORECASE)
_ROLES = ("active", "standby", "unknown")


def parse(text: str) -> dict[str, Any]:
    """Facts of `hrp_state`: `expected` false when the device says that the roles should be others."""
    found = body(text, benign=_OFF)
    if len(found) <= 2 and says(found, *_OFF):
        return {
            "enabled": False, "role": None, "peer": None, "expected": None, "priority": None,
            "channel_percent": None, "stable_seconds": None, "auto_sync_configuration": None, "auto_sync_sessions": None,
        }  # fmt: skip
    values: dict[str, re.Match[str]] = {}
    sync: dict[str, bool] = {}
    at = 0
    for line in found:
        if match := _SYNC.fullmatch(line.text):
            sync[match.group(1).lower()] = match.group(2).lower() == "on"
        for name, pattern in (("role", _ROLE), ("priority", _PRIORITY), ("channel", _CHANNEL), ("stable", _STABLE)):
            match = pattern.fullmatch(line.text)
            if match and name not in values:
                values[name] = match
                at = at or line.number
    role = values.get("role")
    if role is None:
        raise Unparsed("roles not found")
    own, peer = role.group(1).lower(), role.group(2).lower()
    if own not in _ROLES or peer not in _ROLES:
        raise Unparsed(f"unknown role: {own}, {peer}")
    return {
        "enabled": True,
        "role": own,
        "peer": peer,
        "expected": role.group(3) is None,
        "priority": whole(values["priority"].group(1)) if "priority" in values else None,
        "channel_percent": percent(values["channel"].group(1)) if "channel" in values else None,
        "stable_seconds": uptime(values["stable"].group(1)) if "stable" in values else None,
        "auto_sync_configuration": sync.get("configuration"),
        "auto_sync_sessions": sync.get("connection-status"),
        "_line": at,
    }
