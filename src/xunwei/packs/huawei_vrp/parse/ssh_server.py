"""`display ssh server status`: how the device is open to SSH.

     SSH version                         :2.0
     SSH connection timeout              :60 seconds
     SSH server key generating interval  :0 hours
     SSH authentication retries          :3 times
     SFTP server                         :Disable
     Stelnet server                      :Enable

From the command references (S, AR; CE says `SSH version 1.x compatibility : Disable`). Version 1.99 means that SSH 1
clients are let in.
"""

from __future__ import annotations

import re
from typing import Any

from xunwei.packs.huawei_vrp.vrp import ON_OFF, Line, body, fail, pairs, whole, word_of
from xunwei.parse import Unparsed


def parse(text: str) -> dict[str, Any]:
    """Facts of `ssh_server`: timeout in seconds; null = not shown."""
    table = pairs(body(text))
    version = table.get("ssh version")
    if version is None:
        raise Unparsed("'ssh version' not found")
    if not re.fullmatch(r"[12]\.\d{1,2}", version.text):
        fail(version, "an SSH version")
    stelnet = next((k for k in ("stelnet ipv4 server", "stelnet server") if k in table), "stelnet server")
    old = "ssh version 1.x compatibility"
    return {
        "version": version.text,
        "version1": version.text != "2.0" or (old in table and word_of(table, old, ON_OFF)),
        "stelnet": word_of(table, stelnet, ON_OFF),
        "timeout_seconds": _count(
            table.get("ssh connection timeout") or table.get("ssh authentication timeout (seconds)"), "second"
        ),
        "retries": _count(
            table.get("ssh authentication retries") or table.get("ssh authentication retries (times)"), "time"
        ),
        "_line": version.number,
    }


def _either(table: dict[str, Line], first: str, second: str) -> Line | None:
    return table.get(first) or table.get(second)


def _count(line: Line | None, unit: str) -> int | None:
    if line is None:
        return None
    match = re.fullmatch(rf"(\d+)\s*(?:{unit}(?:s|\(s\))?)?", line.text, re.IGNORECASE)
    if match is None:
        fail(line, f"a number of {unit}s")
    return whole(match.group(1))
