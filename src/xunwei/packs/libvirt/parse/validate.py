"""`virt-host-validate qemu`.

QEMU: Checking for hardware virtualization                                 : PASS
QEMU: Checking if device /dev/kvm is accessible                            : FAIL (Check /dev/kvm is world writable …)
"""

from __future__ import annotations

import re
from typing import Any

from xunwei.parse.text import Unparsed, numbered

_ROW = re.compile(r"\s*QEMU: Checking (.+?)\s+: (PASS|WARN|FAIL|NOTE)(?: \((.*)\))?")


def parse(text: str) -> dict[str, Any]:
    """{checks}."""
    checks = []
    for number, line in numbered(text):
        match = _ROW.fullmatch(line)
        if match is None:
            raise Unparsed(f"line {number} is no check: {line[:60]!r}")
        checks.append({"_line": number, "name": match[1], "result": match[2], "hint": match[3] or ""})
    if not checks:
        raise Unparsed("no check in the answer")
    return {"checks": checks}
