"""`show cdp neighbors detail` (command reference): blocks between lines of dashes, and a total.

-------------------------
Device ID: sw-core-1.example.org
Platform: cisco C9500-24Y4C,  Capabilities: Router Switch IGMP
Interface: GigabitEthernet1/0/1,  Port ID (outgoing port): TwentyFiveGigE1/0/3

Total cdp entries displayed : 1
"""

from __future__ import annotations

import re
from typing import Any

from xunwei.packs.cisco_ios.ios import rule_line, shown, whole
from xunwei.parse.text import Unparsed

_DEVICE = re.compile(r"Device ID: ?(?P<peer>\S.*?)\s*")
_PORTS = re.compile(r"Interface: (?P<port>[^,]+),\s+Port ID \(outgoing port\): (?P<peer_port>\S.*?)\s*")
_PLATFORM = re.compile(r"Platform: (?P<platform>[^,]+),.*")
_TOTAL = re.compile(r"Total cdp entries displayed ?: (\d+)")


def parse(text: str) -> dict[str, Any]:
    """{"enabled", "neighbours": [{local_port, peer, peer_port, platform}]}; raises Unparsed."""
    lines = shown(text)
    if re.fullmatch(r"% ?CDP is not enabled", lines[0][1].strip()):
        return {"enabled": False, "neighbours": []}
    neighbours: list[dict[str, Any]] = []
    total: int | None = None
    for number, line in lines:
        if match := _DEVICE.fullmatch(line):
            row = {"local_port": "", "peer": match["peer"], "peer_port": "", "platform": None, "_line": number}
            neighbours.append(row)
        elif (match := _PORTS.fullmatch(line)) and neighbours:
            neighbours[-1].update(local_port=match["port"], peer_port=match["peer_port"])
        elif (match := _PLATFORM.fullmatch(line)) and neighbours:
            neighbours[-1]["platform"] = match["platform"].strip()
        elif match := _TOTAL.fullmatch(line):
            total = whole(match[1])
        elif not neighbours and not rule_line(line):
            raise Unparsed(f"line {number} is not a CDP neighbour: {line[:60]!r}")
    if total is None or total != len(neighbours) or any(not n["local_port"] for n in neighbours):
        raise Unparsed(f"{total} CDP neighbours announced, {len(neighbours)} read")
    return {"enabled": True, "neighbours": neighbours}
