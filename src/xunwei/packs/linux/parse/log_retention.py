"""How long logs are kept: logrotate's rules for the system log, journald's limits, and the oldest entry there is.

    == logrotate
    # /etc/logrotate.conf
    weekly
    rotate 26
    # /etc/logrotate.d/syslog
    /var/log/messages
    {
    }
    == journald
    SystemMaxUse=4G
    == present
    /var/log/journal
    == installed
    1750775860 /etc/machine-id
    == files
    1779000000 /var/log/messages-20260517
    == oldest_journal
    2026-05-01T00:00:00+0000
    == end

Days are rotate × period (logrotate(8)); with `size` or `hourly` the days depend on how much is written: null then.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Any

from xunwei.packs.linux.parts import Part, Parts, iso_epoch, number
from xunwei.parse import Unparsed

_DAYS = {"daily": 1, "weekly": 7, "monthly": 30, "yearly": 365}
_SYSTEM_LOGS = re.compile(r"/var/log/(messages|syslog|secure|auth\.log|cron)\b|/var/log/\*")


@dataclass(frozen=True)
class _Policy:
    period: str = ""
    rotate: int | None = None
    maxage: int | None = None
    by_size: bool = False

    def days(self) -> int | None:
        """Days kept; None when they cannot be said."""
        if self.by_size or self.rotate is None or self.period not in _DAYS:
            return None
        days = self.rotate * _DAYS[self.period]
        return min(days, self.maxage) if self.maxage is not None else days


def parse(text: str) -> dict[str, Any]:
    """Facts: `rotate_days` (int or null), `oldest` entry (epoch or null), journald's settings. Raises Unparsed."""
    parts = Parts(text)
    rotation = _logrotate(parts.one("logrotate"))
    ages = [_stamp(n, line) for n, line in parts.one("files").lines]
    journal = parts.get("oldest_journal")
    oldest_journal = iso_epoch(journal.lines[0][1], "oldest entry") if journal and journal.lines else None
    installed = [_stamp(n, line) for n, line in parts.one("installed").lines]
    settings = {k: v for part in [parts.one("journald")] for k, v in _settings(part).items()}
    candidates = [*ages, *([oldest_journal] if oldest_journal is not None else [])]
    persistent = bool(parts.one("present").lines) and settings.get("Storage", "auto") in ("auto", "persistent")
    if settings.get("Storage") == "persistent":
        persistent = True
    return {
        "rotate_days": rotation[0],
        "rotation": rotation[1],
        "journal_persistent": persistent,
        "journald": settings,
        "oldest_file": min(ages) if ages else None,
        "oldest_journal": oldest_journal,
        # Without root the journal is not seen: the oldest entry overall is not known then.
        "oldest": min(candidates) if candidates and journal is not None else None,
        "installed": installed[0] if installed else None,
        "_lines": {
            "rotate_days": rotation[2] or parts.one("logrotate").line,
            "oldest": parts.one("files").line,
            "journal_persistent": parts.one("present").line,
        },
    }


def _stamp(n: int, line: str) -> int:
    match = re.fullmatch(r"([0-9]{1,12}) /\S.*", line, re.ASCII)
    if match is None:
        raise Unparsed(f"line {n} is not TIME PATH: {line[:60]!r}")
    return int(match[1])


def _settings(part: Part) -> dict[str, str]:
    found = {}
    for n, line in part.lines:
        key, sep, value = line.partition("=")
        if not sep:
            raise Unparsed(f"line {n} is not a setting of journald.conf: {line[:60]!r}")
        found[key.strip()] = value.strip()
    return found


def _logrotate(part: Part) -> tuple[int | None, str, int]:
    """(days, how they come about, line) of the shortest kept system log; (0, '', 0) when nothing rotates one."""
    general, blocks = _Policy(), []
    paths, current, begun = "", None, 0
    for n, line in part.lines:
        if line.startswith("# "):
            if current is not None:
                raise Unparsed(f"line {n}: a block of logrotate is not closed")
            paths = ""
            continue
        body = line.replace("{", " { ").replace("}", " } ").strip()
        if body.startswith(("/", '"')):
            if not paths:
                begun = n
            paths += " " + body.partition("{")[0].strip()
        if "{" in body.split():
            current = general
            body = body.partition("{")[2].strip()
        closing = body.endswith("}")
        current, general = _directive(n, body.removesuffix("}").strip(), current, general)
        if closing:
            if current is None:
                raise Unparsed(f"line {n}: a block of logrotate ends that did not begin")
            blocks.append((paths, current, begun))
            paths, current = "", None
    if current is not None:
        raise Unparsed("a block of logrotate is not closed")
    system = [(p, begun) for paths, p, begun in blocks if _SYSTEM_LOGS.search(paths)]
    if not system:
        return 0, "", 0
    policy, line_number = min(system, key=lambda b: d if (d := b[0].days()) is not None else -1)
    how = f"{policy.period or 'period unknown'} x {policy.rotate if policy.rotate is not None else '?'}"
    return policy.days(), how + (" by size" if policy.by_size else ""), line_number


def _directive(n: int, body: str, block: _Policy | None, general: _Policy) -> tuple[_Policy | None, _Policy]:
    """Apply one directive to the open block, or to the general settings when none is open."""
    words = body.split()
    if not words or words[0].startswith(("/", '"')):
        return block, general
    policy = general if block is None else block
    if words[0] in (*_DAYS, "hourly"):
        policy = replace(policy, period=words[0])
    elif words[0] in ("rotate", "maxage"):
        if len(words) != 2:
            raise Unparsed(f"line {n}: {body[:40]!r}")
        value = number(words[1], words[0])
        value = 10**6 if words[0] == "rotate" and value < 0 else value  # -1 keeps all
        policy = replace(policy, rotate=value) if words[0] == "rotate" else replace(policy, maxage=value)
    elif words[0] in ("size", "maxsize"):
        policy = replace(policy, by_size=True)
    return (None, policy) if block is None else (policy, general)
