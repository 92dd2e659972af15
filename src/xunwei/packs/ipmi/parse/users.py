"""`ipmitool user list` (simulator; ipmitool(1)):

ID  Name             Callin  Link Auth  IPMI Msg   Channel Priv Limit
2   inspector        true    false      true       OPERATOR
3                    true    false      false      NO ACCESS
"""

from __future__ import annotations

import re

from xunwei.model import Facts
from xunwei.packs.ipmi.lines import only
from xunwei.parse import Unparsed

_HEAD = re.compile(r"ID\s+Name\s+(?:Enabled\s+)?Callin\s+Link Auth\s+IPMI Msg\s+Channel Priv Limit")
_ROW = re.compile(r"(\d+)\s+(.*?)\s+(?:true|false)\s+(?:true|false)\s+(true|false)\s+(\S.*)")


def parse(text: str) -> Facts:
    """All accounts; `privilege` NONE: it may not use this channel. Raises Unparsed."""
    part = only(text)
    if not part.lines or not _HEAD.fullmatch(part.lines[0][1].strip()):
        raise Unparsed("not a list of accounts")
    users = []
    for number, line in part.lines[1:]:
        match = _ROW.fullmatch(line)
        if match is None:
            raise Unparsed(f"line {number} is not an account: {line[:60]!r}")
        privilege = match[4].strip()
        none = privilege.startswith(("NO ACCESS", "Unknown (0x00)"))
        users.append({
            "id": int(match[1]), "name": match[2].strip(), "messaging": match[3] == "true",
            "privilege": "NONE" if none else privilege, "_line": number,
        })  # fmt: skip
    if not users:
        raise Unparsed("no accounts in the answer")
    return {"users": users}
