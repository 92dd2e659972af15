"""Memory dumps of crashed programs: kernel settings, limits.conf and systemd-coredump.

== kernel
fs/suid_dumpable=0
kernel/core_pattern=|/usr/lib/systemd/systemd-coredump %P %u
== limits
* hard core 0
== coredump
Storage=none
== end
"""

from __future__ import annotations

from typing import Any

from xunwei.packs.linux.parts import Parts, number
from xunwei.parse import Unparsed


def parse(text: str) -> dict[str, Any]:
    """Facts: `suid_dumpable`, `pattern`, `limits`, `hard_zero` (a hard limit 0 for all), `storage`. Raises Unparsed."""
    parts = Parts(text)
    kernel = parts.one("kernel").whole().pairs()
    if "fs/suid_dumpable" not in kernel or "kernel/core_pattern" not in kernel:
        raise Unparsed("kernel settings of core dumps are missing")
    limits = []
    for n, line in parts.one("limits").lines:
        words = line.split()
        if len(words) != 4 or words[1] not in ("soft", "hard", "-") or words[2] != "core":
            raise Unparsed(f"line {n} is not a limit of core dumps: {line[:60]!r}")
        limits.append({"domain": words[0], "kind": words[1], "value": words[3], "_line": n})
    coredump = parts.one("coredump").pairs()
    value, line_number = kernel["fs/suid_dumpable"]
    return {
        "suid_dumpable": number(value, "suid_dumpable"),
        "pattern": kernel["kernel/core_pattern"][0],
        "limits": limits,
        "hard_zero": any(e["domain"] == "*" and e["kind"] in ("hard", "-") and e["value"] == "0" for e in limits),
        "storage": coredump["Storage"][0] if "Storage" in coredump else "",
        "_lines": {"suid_dumpable": line_number},
    }
