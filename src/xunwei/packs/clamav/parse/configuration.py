"""What clamd.conf and freshclam.conf say.

== file clamd
LogFile=/var/log/clamav/clamav.log
OnAccessIncludePath=/data/upload
== file freshclam
Checks=24
== end
"""

from __future__ import annotations

from xunwei.model import Facts
from xunwei.packs.linux.parts import Part, Parts
from xunwei.parse import Unparsed


def parse(text: str) -> Facts:
    """Null where the file is not there."""
    files = {p.argument: p for p in Parts(text).every("file")}
    if not files:
        raise Unparsed("no file of settings")
    clamd = _values(files["clamd"]) if "clamd" in files else None
    fresh = _values(files["freshclam"]) if "freshclam" in files else None
    checks = (fresh or {}).get("Checks", ["12"])[-1]
    return {
        "log": None if clamd is None else bool(clamd.get("LogFile") or clamd.get("LogSyslog") == ["true"]),
        "on_access": None
        if clamd is None
        else bool(clamd.get("OnAccessIncludePath") or clamd.get("OnAccessMountPath")),
        "user": None if clamd is None else clamd.get("User", ["root"])[-1],
        "tcp": None
        if clamd is None
        else "TCPSocket" in clamd and clamd.get("TCPAddr", ["*"])[-1] not in ("127.0.0.1", "::1", "localhost"),
        "checks": None if fresh is None or not checks.isdigit() else int(checks),
        "mirror": None
        if fresh is None
        else (fresh.get("PrivateMirror") or fresh.get("DatabaseMirror") or [""])[0] or None,
    }


def _values(part: Part) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for n, line in part.whole().lines:
        key, sep, value = line.partition("=")
        if not sep:
            raise Unparsed(f"line {n} is not a setting: {line[:60]!r}")
        found.setdefault(key, []).append(value.strip())
    return found
