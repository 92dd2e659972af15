"""`display ssh server status` (Comware 5 and 7 command references).

Stelnet server: Enable
SSH version : 2.0
SSH authentication-timeout : 60 second(s)
SSH server key generating interval : 0 hour(s)
SSH authentication retries : 3 time(s)
SFTP server: Disable
SCP server: Disable
"""

from __future__ import annotations

import re
from typing import Any

from xunwei.packs.hp_comware.comware import shown_lines, unknown, whole
from xunwei.parse.text import Unparsed

_FIELD = re.compile(r"\s*(?P<key>[A-Z][A-Za-z0-9 /-]*?)\s*:\s*(?P<value>.*?)\s*")


def parse(text: str) -> dict[str, Any]:
    """{"stelnet", "sftp", "scp", "netconf", "version", "timeout_seconds", "retries"}; version 1.99: SSHv1 accepted."""
    fields: dict[str, tuple[str, int]] = {}
    for line in shown_lines(text):
        match = _FIELD.fullmatch(line[1])
        if match is None:
            raise unknown(line, "a line of the SSH server status")
        fields.setdefault(" ".join(match["key"].lower().replace("-", " ").split()), (match["value"], line[0]))
    version = fields.get("ssh version")
    stelnet = fields.get("stelnet server") or fields.get("ssh server")
    if version is None or stelnet is None or not re.fullmatch(r"\d\.\d{1,2}", version[0]):
        raise Unparsed("SSH version or server state not found")
    return {
        "stelnet": _switch(stelnet[0]),
        "sftp": _maybe(fields.get("sftp server")),
        "scp": _maybe(fields.get("scp server")),
        "netconf": _maybe(fields.get("netconf server")),
        "version": version[0],
        "timeout_seconds": _number(fields.get("ssh authentication timeout")),
        "retries": _number(fields.get("ssh authentication retries")),
        "_lines": {"version": version[1], "stelnet": stelnet[1]},
    }


def _switch(word: str) -> bool:
    if word.lower().rstrip("d") not in ("enable", "disable"):
        raise Unparsed(f"not enabled or disabled: {word[:30]!r}")
    return word.lower().startswith("enable")


def _maybe(field: tuple[str, int] | None) -> bool | None:
    return None if field is None else _switch(field[0])


def _number(field: tuple[str, int] | None) -> int | None:
    return None if field is None else whole(field[0].split(" ")[0], "number")
