"""Where the host sends its logs: only addresses, never the lines themselves (they can carry credentials).

    == rsyslog
    /etc/rsyslog.conf<TAB>@@192.0.2.20:514
    /etc/rsyslog.d/out.conf<TAB>omfwd target=192.0.2.21 port=514 protocol=tcp
    == syslog_ng
    == journal_upload
    == units
    Id=rsyslog.service
    LoadState=loaded
    ActiveState=active
    == end

Syntax: rsyslog's `@` UDP, `@@` TCP and action type omfwd; syslog-ng's network(), syslog(), tcp(), udp().
"""

from __future__ import annotations

import re
from typing import Any

from xunwei.packs.linux.parts import Parts, state_of
from xunwei.parse import Unparsed

AGENTS = ("filebeat", "fluent-bit", "fluentd", "td-agent", "promtail", "vector")
_LEGACY = re.compile(r"(@@?)(?:\([^)]*\))?(\[[0-9a-fA-F:]+\]|[A-Za-z0-9_.-]+)(?::([0-9]{1,5}))?")
_LOCAL = re.compile(r"127\.|localhost$|\[?::1\]?$|/")


def parse(text: str) -> dict[str, Any]:
    """Facts: `targets`, `agents` (active), `remote`: whether a log leaves the host by what runs. Raises Unparsed."""
    parts = Parts(text)
    states = state_of(parts.one("units"))
    targets = [_rsyslog(n, line) for n, line in parts.one("rsyslog").lines]
    targets += [_syslog_ng(n, line) for n, line in parts.one("syslog_ng").lines]
    targets += [
        {"via": "journal-upload", "protocol": "http", "host": line.strip(), "_line": n}
        for n, line in parts.one("journal_upload").lines
    ]
    units = {"rsyslog": "rsyslog.service", "syslog-ng": "syslog-ng.service"}
    for target in targets:
        unit = units.get(target["via"], "systemd-journal-upload.service")
        running = states[unit][0] == "active" if unit in states else False
        # Without systemd the state of the daemon is not known: the setting alone counts.
        target["active"] = running or not states
        target["remote"] = _LOCAL.match(target["host"]) is None
    agents = [a for a in AGENTS if f"{a}.service" in states and states[f"{a}.service"][0] == "active"]
    remote = bool(agents) or any(t["active"] and t["remote"] for t in targets)
    lines = {"remote": parts.one("rsyslog").line}
    return {"targets": targets, "agents": agents, "remote": remote, "_lines": lines}


def _rsyslog(n: int, line: str) -> dict[str, Any]:
    _, tab, rest = line.partition("\t")
    if not tab:
        raise Unparsed(f"line {n} is not a target of rsyslog: {line[:60]!r}")
    if rest.startswith("omfwd "):
        words = dict(w.split("=", 1) for w in rest.split()[1:] if "=" in w)
        if not words.get("target"):
            raise Unparsed(f"line {n}: omfwd without target")
        return {"via": "rsyslog", "protocol": words.get("protocol", "udp"), "host": words["target"], "_line": n}
    match = _LEGACY.fullmatch(rest)
    if match is None:
        raise Unparsed(f"line {n} is not a target of rsyslog: {line[:60]!r}")
    return {"via": "rsyslog", "protocol": "tcp" if match[1] == "@@" else "udp", "host": match[2], "_line": n}


def _syslog_ng(n: int, line: str) -> dict[str, Any]:
    match = re.fullmatch(r"\S+\t(network|syslog|tcp6?|udp6?)\s*\(\s*\"([A-Za-z0-9_.:-]+)\"", line)
    if match is None:
        raise Unparsed(f"line {n} is not a target of syslog-ng: {line[:60]!r}")
    return {"via": "syslog-ng", "protocol": match[1], "host": match[2], "_line": n}
