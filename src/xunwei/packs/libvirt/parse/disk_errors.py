"""`virsh domblkerror` of every running machine.

== vm-1
No errors found
== vm-2
vda: no space
-- end
Errors: unspecified error, no space (virDomainDiskErrorCode).
"""

from __future__ import annotations

import re
from typing import Any

from xunwei.packs.libvirt.answers import parts
from xunwei.parse.text import Unparsed


def parse(text: str) -> dict[str, Any]:
    """{domains, errors}: how many machines were looked at."""
    found = parts(text)
    errors = []
    for domain, _, rows in found:
        if [line.strip() for _, line in rows] == ["No errors found"]:
            continue
        if not rows:
            raise Unparsed(f"{domain}: no answer")
        for number, line in rows:
            match = re.fullmatch(r"([\w.-]+): (.+)", line.strip())
            if match is None:
                raise Unparsed(f"line {number} is no disk error: {line[:60]!r}")
            errors.append({"_line": number, "domain": domain, "disk": match[1], "error": match[2]})
    return {"domains": len(found), "errors": errors}
