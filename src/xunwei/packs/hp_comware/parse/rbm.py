"""`display remote-backup-group status`: hot backup of two SecPath firewalls (Comware 7 command reference).

Remote backup group information:
  Backup mode: Active/standby
  Device management role: Primary
  Device running status: Active
  Data channel interface: Route-Aggregation1
  Data channel interface current state: Up
  Local IP: 192.0.2.129
  Remote IP: 192.0.2.130    Destination port: 60064
  Control channel status: Connected
  Configuration consistency check result: Consistent(2026-11-25 03:00:00)
  Configuration backup status: Auto sync enabled
  Session backup status: Hot backup enabled
  Uptime since last switchover: 0 days, 3 hours, 11 minutes
  Switchover records:
    Time                    Status change                   Cause

Newer releases say `Local remote backup group information:` and add the peer's part, which is not read. No licensed
recording exists: the wording is after manuals and public inspection tools.
"""

from __future__ import annotations

import re
from typing import Any

from xunwei.packs.hp_comware.comware import duration, shown_lines
from xunwei.parse.text import Unparsed

_HEAD = re.compile(r"\s*(?:Local )?remote backup group information\s*:\s*", re.IGNORECASE)
_END = re.compile(r"\s*(?:Peer remote backup group information|Switchover records)\s*:.*", re.IGNORECASE)
_OFF = re.compile(
    r".*\bremote backup group\b.*\bnot (?:configured|created|exist).*|.*\bnot configured\b.*", re.IGNORECASE
)
_PAIR = re.compile(r"([A-Z][A-Za-z /()-]*?)\s*:\s*(\S.*?)(?=\s{3,}[A-Z][A-Za-z ]*:|\s*$)")
_ON = {"enabled": True, "disabled": False}


def parse(text: str) -> dict[str, Any]:
    """Facts of `rbm`; a firewall without a group is not enabled. Raises Unparsed."""
    lines = shown_lines(text)
    if len(lines) <= 2 and any(_OFF.fullmatch(line) for _, line in lines):
        return _facts(False, {}, 0)
    pairs: dict[str, str] = {}
    inside, at = False, 0
    for number, line in lines:
        if _HEAD.fullmatch(line):
            inside, at = True, number
        elif _END.fullmatch(line):
            inside = False
        elif inside:
            for key, value in _PAIR.findall(line):
                if pairs.setdefault(key.lower(), value) != value:
                    raise Unparsed(f"line {number}: {key!r} has two values")
    if not at:
        raise Unparsed("remote backup group not found")
    for needed in ("device running status", "control channel status"):
        if needed not in pairs:
            raise Unparsed(f"{needed!r} not found")
    return _facts(True, pairs, at)


def _facts(enabled: bool, pairs: dict[str, str], line: int) -> dict[str, Any]:
    uptime = pairs.get("uptime since last switchover")
    return {
        "enabled": enabled,
        "mode": _lower(pairs.get("backup mode")),
        "management_role": _lower(pairs.get("device management role")),
        "running_status": _lower(pairs.get("device running status")),
        "connected": _word(pairs, "control channel status", {"connected": True, "disconnected": False}),
        "data_channel_up": _word(pairs, "data channel interface current state", {"up": True, "down": False}),
        "configuration_sync": _word(pairs, "configuration backup status", _ON),
        "session_sync": _word(pairs, "session backup status", _ON),
        "consistent": _word(
            pairs, "configuration consistency check result", {"consistent": True, "inconsistent": False}
        ),
        "switchover_seconds": duration(uptime) if uptime else None,
        "_line": line or 1,
    }


def _lower(word: str | None) -> str | None:
    return word.lower() if word else None


def _word(pairs: dict[str, str], key: str, known: dict[str, bool]) -> bool | None:
    """The last known word of the value (`Auto sync enabled`); null when it is not said or not decided yet."""
    if key not in pairs:
        return None
    plain = re.sub(r"\(.*\)", "", pairs[key]).strip().lower()
    if plain in ("not performed", "n/a", "-", "--", "unknown"):
        return None
    if plain == "not consistent":
        return False
    word = plain.split()[-1] if plain else ""
    if word not in known or plain.startswith("not "):
        raise Unparsed(f"{key!r} not understood: {plain[:40]!r}")
    return known[word]
