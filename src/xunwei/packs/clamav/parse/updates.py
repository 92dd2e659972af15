"""What freshclam logged last.

== clock
…
== updates
Tue Nov 24 10:00:00 2026 -> ClamAV update process started at Tue Nov 24 10:00:00 2026
Tue Nov 24 10:00:01 2026 -> daily.cld database is up-to-date (version: 27400, sigs: 2066000, f-level: 90, builder: x)
== end
"""

from __future__ import annotations

import re

from xunwei.model import Facts
from xunwei.packs.app_node.common import clock
from xunwei.packs.clamav.zone import offset
from xunwei.packs.linux.parts import Parts, epoch

_LINE = re.compile(r"[A-Z][a-z]{2} ([A-Z][a-z]{2}) +(\d{1,2}) (\d\d:\d\d:\d\d) (\d{4}) -> (.*)")


def parse(text: str) -> Facts:
    """`tried`: the last attempt (epoch); errors since then, and whether it ended well."""
    parts = Parts(text)
    clock(parts)
    shift = offset(parts)
    tried: int | None = None
    good: bool | None = None
    errors: list[Facts] = []
    for n, line in parts.one("updates").whole().lines:
        match = _LINE.match(line)
        message = match[5] if match else line
        if "update process started" in message:
            tried = epoch(match[4], match[1], match[2], match[3], f"line {n}") - shift if match else None
            good, errors = None, []
        elif re.search(r"up.to.date|updated \(version", message):
            good = True if good is None else good
        elif "ERROR:" in message:
            good = False
            errors.append({"text": message.partition("ERROR:")[2].strip()[:160], "_line": n})
    return {"tried": tried, "good": good, "errors": errors}
