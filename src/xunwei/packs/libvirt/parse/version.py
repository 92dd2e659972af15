"""`virsh version`.

Compiled against library: libvirt 9.0.0
Using library: libvirt 9.0.0
Using API: QEMU 9.0.0
Running hypervisor: QEMU 7.2.22
"""

from __future__ import annotations

from typing import Any

from xunwei.parse.text import line_of, need


def parse(text: str) -> dict[str, Any]:
    """{library, api, hypervisor}."""
    library = need(r"^Using library: libvirt (\d+\.\d+\.\d+)\s*$", text, "the library")
    api = need(r"^Using API: (\w+) (\d+\.\d+\.\d+)\s*$", text, "the API")
    running = need(r"^Running hypervisor: (\w+ \d+\.\d+\.\d+)\s*$", text, "the hypervisor")
    lines = {"library": line_of(text, library.start()), "hypervisor": line_of(text, running.start())}
    return {"library": library[1], "api": api[1], "hypervisor": running[1], "_lines": lines}
