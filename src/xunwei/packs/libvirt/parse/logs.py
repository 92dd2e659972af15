"""Lines of /var/log/libvirt/qemu/*.log: how machines ended, what QEMU complained of.

== vm-1
2026-11-25 12:30:44.395+0000: shutting down, reason=crashed
qemu-system-x86_64: -drive file=/v/a.qcow2: Failed to get "write" lock
-- end
QEMU's own lines have a time only with `msg timestamp=on`.
"""

from __future__ import annotations

import re
from typing import Any

from xunwei.packs.libvirt.answers import parts

_TIME = re.compile(r"(\d{4}-\d\d-\d\d)[ T](\d\d:\d\d:\d\d)(?:\.\d+)?(?:\+0000|Z)?:? (.*)")
_GOOD = ("shutdown", "destroyed", "migrated", "saved", "from-snapshot")


def parse(text: str) -> dict[str, Any]:
    """{logs, events}: kind crashed or error; ordinary ends of a machine are left out. Times ISO 8601 UTC or null."""
    found = parts(text)
    events = []
    for domain, _, rows in found:
        for number, line in rows:
            match = _TIME.fullmatch(line)
            time = f"{match[1]}T{match[2]}Z" if match else None
            words = match[3] if match else line
            ended = re.fullmatch(r"shutting down, reason=([\w-]+)", words)
            if ended and ended[1] in _GOOD:
                continue
            kind = "crashed" if ended else "error"
            events.append({"_line": number, "domain": domain, "time": time, "kind": kind, "message": words[:200]})
    return {"logs": len(found), "events": events}
