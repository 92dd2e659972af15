"""`show logging`; recorded (FRR 8.4.4).

Logging configuration for zebra:
Syslog logging: level informational, facility daemon, ident zebra
Stdout logging: disabled
File logging: level debugging, filename /var/log/frr/frr.log
"""

from __future__ import annotations

import re
from typing import Any

from xunwei.parse.text import Unparsed, numbered

_HEAD = re.compile(r"Logging configuration for (\w+):")
_REST = re.compile(r"(?:Protocol name|Record (?:priority|severity)|Timestamp precision): ")
_TARGET = re.compile(r"(Syslog|Stdout|Monitor|File) logging: (disabled|level (\w+)(?:, .*)?)")


def parse(text: str) -> dict[str, Any]:
    """{"daemons": [{name, syslog, file, monitor}]}: the level, or none when off; raises Unparsed."""
    found: list[dict[str, Any]] = []
    seen: set[str] = set()
    for number, line in numbered(text):
        if match := _HEAD.fullmatch(line):
            found.append({"name": match[1], "syslog": None, "file": None, "monitor": None, "_line": number})
            seen = set()
        elif match := _TARGET.fullmatch(line):
            if not found:
                raise Unparsed(f"line {number}: logging of no daemon")
            seen.add(match[1])
            if match[1].lower() in found[-1]:
                found[-1][match[1].lower()] = match[3]
        elif found and _REST.match(line) and not {"Syslog", "File"} <= seen:
            raise Unparsed(f"line {number}: the logging of {found[-1]['name']} is not complete")
    if not found or not {"Syslog", "File"} <= seen:
        raise Unparsed("logging configuration not found")
    return {"daemons": found}
