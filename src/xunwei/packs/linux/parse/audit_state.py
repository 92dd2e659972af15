"""The audit system: units, auditd.conf, `auditctl -s` and `auditctl -l`.

    == units
    Id=auditd.service
    LoadState=loaded
    ActiveState=active
    UnitFileState=enabled
    == config
    max_log_file = 8
    == tool
    auditctl
    == status
    enabled 1
    lost 0
    == rules
    -w /etc/passwd -p wa -k identity
    == end

Old auditctl prints the status on one line: `AUDIT_STATUS: enabled=1 flag=1 pid=611 …`. Without root there is
`== denied`: what the kernel would have said is null then. Without systemd the units are null.
"""

from __future__ import annotations

import re
from typing import Any

from xunwei.packs.linux.parts import Part, Parts, number, state_of
from xunwei.parse import Unparsed

WATCHED = ("/etc/passwd", "/etc/shadow", "/etc/group", "/etc/gshadow", "/etc/sudoers")


def parse(text: str) -> dict[str, Any]:
    """Facts: `auditd`, `syslog`, `journald` (active states), `enabled`, `rules`, `unwatched` files. Raises Unparsed."""
    parts = Parts(text)
    units = state_of(parts.one("units"))
    known = bool(units)
    tool = bool(parts.one("tool").lines)
    facts: dict[str, Any] = {
        "auditd": _active(units, "auditd.service") if known else None,
        "syslog": _syslog(units) if known else None,
        "journald": _active(units, "systemd-journald.service") if known else None,
        "installed": tool or "auditd.service" in units,
        "enabled": None,
        "lost": None,
        "rules": None,
        "watched": None,
        "unwatched": None,
        "locked": None,
        "config": _config(parts.one("config")),
        "_lines": {},
    }
    if not parts.has("denied"):
        _kernel(parts, tool, facts)
    for key, unit in (("auditd", "auditd.service"), ("syslog", "rsyslog.service")):
        if unit in units:
            facts["_lines"][key] = units[unit][2]
    return facts


def _active(units: dict[str, tuple[str, str, int]], name: str) -> str:
    return units[name][0] if name in units else "absent"


def _syslog(units: dict[str, tuple[str, str, int]]) -> str:
    states = [_active(units, u) for u in ("rsyslog.service", "syslog-ng.service")]
    return "active" if "active" in states else next((s for s in states if s != "absent"), "absent")


def _config(part: Part) -> dict[str, str]:
    found = {}
    for n, line in part.lines:
        match = re.fullmatch(r"\s*([a-z_]+)\s*=\s*(\S+)\s*", line)
        if match is None:
            raise Unparsed(f"line {n} is not a setting of auditd.conf: {line[:60]!r}")
        found[match[1]] = match[2]
    return found


def _kernel(parts: Parts, tool: bool, facts: dict[str, Any]) -> None:
    if not tool:  # nothing can have loaded rules
        facts.update(enabled=0, lost=0, rules=0, watched=[], unwatched=list(WATCHED), locked=False)
        return
    status = parts.one("status").whole()
    words = dict(re.findall(r"(?:^|[ \n])([a-z_]+)[ =]([0-9]+)", "\n".join(line for _, line in status.lines)))
    if "enabled" not in words:
        raise Unparsed("auditctl -s does not say whether auditing is enabled")
    facts["enabled"] = number(words["enabled"], "enabled")
    facts["lost"] = number(words["lost"], "lost") if "lost" in words else None
    facts["locked"] = facts["enabled"] == 2
    facts["_lines"]["enabled"] = status.lines[0][0]
    rules = []
    facts["_lines"].update(rules=parts.one("rules").line, unwatched=parts.one("rules").line)
    for n, line in parts.one("rules").whole().lines:
        if line.strip() == "No rules":
            continue
        if not re.match(r"(LIST_RULES:|-[a-zA-Z]+ )", line):
            raise Unparsed(f"line {n} is not an audit rule: {line[:60]!r}")
        rules.append(line)
    facts["rules"] = len(rules)
    watched = {p for line in rules if (p := _path(line)) is not None}
    facts["watched"] = sorted(watched)
    facts["unwatched"] = [p for p in WATCHED if not any(p == w or p.startswith(w.rstrip("/") + "/") for w in watched)]


def _path(rule: str) -> str | None:
    """The file or folder that a rule watches for writing, or None."""
    match = re.search(r"(?:-w |-F (?:path|dir)=|watch=|dir=)(/\S*)", rule)
    perm = re.search(r"(?:-p |perm=)([rwxa]+)", rule)
    if match is None or "never" in rule.split(" -F", maxsplit=1)[0]:
        return None
    return match[1] if perm is None or "w" in perm[1] else None
