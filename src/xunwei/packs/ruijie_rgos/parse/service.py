"""`show service` (RGOS 11 command reference): which servers the device runs.

web-server        : disabled
web-server(https) : disabled
snmp-agent        : enabled
ssh-server        : enabled
telnet-server     : disabled
"""

from __future__ import annotations

import re
from typing import Any

from xunwei.packs.cisco_ios.ios import shown, unknown
from xunwei.parse.text import Unparsed

_LINE = re.compile(r"\s*(?P<name>[a-z][a-z-]*(?:\(https?\))?)\s*: *(?P<state>enabled|disabled)\s*")


def parse(text: str) -> dict[str, Any]:
    """{"http", "https", "snmp", "ssh", "telnet"}; raises Unparsed."""
    found: dict[str, tuple[bool, int]] = {}
    for line in shown(text):
        match = _LINE.fullmatch(line[1])
        if match is None or match["name"] in found:
            raise unknown(line, "a service")
        found[match["name"]] = (match["state"] == "enabled", line[0])
    if not {"telnet-server", "ssh-server"} <= set(found):
        raise Unparsed("state of telnet-server and ssh-server not found")
    web, tls = found.get("web-server") or found.get("web-server(http)"), found.get("web-server(https)")
    return {
        "telnet": found["telnet-server"][0],
        "ssh": found["ssh-server"][0],
        "http": web[0] if web else None,
        "https": tls[0] if tls else None,
        "snmp": found["snmp-agent"][0] if "snmp-agent" in found else None,
        "_lines": {"telnet": found["telnet-server"][1]},
    }
