"""Lines of `virsh dumpxml` of every running machine.

== vm-1
<domain type='kvm' id='3'>
      <target type='virtio' name='org.qemu.guest_agent.0' state='connected'/>
    <graphics type='vnc' port='5900' autoport='yes' listen='127.0.0.1'>
  <seclabel type='dynamic' model='apparmor' relabel='yes'>
</domain>
-- end
"""

from __future__ import annotations

import re
from typing import Any

from xunwei.packs.libvirt.answers import Rows, parts
from xunwei.parse.text import Unparsed


def parse(text: str) -> dict[str, Any]:
    """{guests, displays}; `agent` is connected, disconnected or none."""
    guests: list[dict[str, Any]] = []
    displays: list[dict[str, Any]] = []
    for domain, line, rows in parts(text):
        first = re.match(r"<domain type='(\w+)'", rows[0][1]) if rows else None
        if first is None or rows[-1][1] != "</domain>":
            raise Unparsed(f"{domain}: the definition is not whole")
        labels = [_get(r, "model") for _, r in rows if "<seclabel " in r]
        guests.append({
            "_line": line, "domain": domain, "kvm": first[1] == "kvm", "agent": _agent(rows),
            "confined": any(m in ("apparmor", "selinux") for m in labels),
        })  # fmt: skip
        displays += [_display(domain, number, row) for number, row in rows if "<graphics " in row]
    return {"guests": guests, "displays": displays}


def _get(row: str, name: str) -> str:
    found = re.search(rf"\b{name}='([^']*)'", row)
    return found[1] if found else ""


def _agent(rows: Rows) -> str:
    states = [_get(row, "state") for _, row in rows if "org.qemu.guest_agent" in row and "<target " in row]
    if not states:
        return "none"
    return "connected" if "connected" in states else "disconnected"


def _display(domain: str, number: int, row: str) -> dict[str, Any]:
    kind, port = _get(row, "type"), _get(row, "port")
    if not kind:
        raise Unparsed(f"line {number}: a display without a type")
    valid = re.fullmatch(r"\d{1,5}", port)
    return {
        "_line": number,
        "domain": domain,
        "type": kind,
        "listen": _get(row, "listen"),
        "port": int(port) if valid else None,
    }
