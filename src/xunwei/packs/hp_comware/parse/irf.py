"""`display irf`: members of the virtual device (Comware 5 and 7 command references).

MemberID    Role    Priority  CPU-Mac         Description
 *+1        Master  32        0000-5e00-5301  ---
   2        Standby 1         0000-5e00-5302  ---
--------------------------------------------------
 * indicates the device is the master.
 + indicates the device through which the user logs in.

 The bridge MAC of the IRF is: 0000-5e00-5301
 Auto upgrade                : yes
 Mac persistent              : 6 min
 Domain ID                   : 0
"""

from __future__ import annotations

import re
from typing import Any

from xunwei.packs.hp_comware.comware import MAC, mac, shown_lines, unknown, whole
from xunwei.parse.text import Unparsed

_HEADER = re.compile(
    r"\s*(?:MemberID|Switch|Member)\s+(?P<slot>Slot\s+)?Role\s+Priority\s+CPU-MAC\s+Description\s*", re.IGNORECASE
)
_ROW = re.compile(
    rf"\s*(?P<marks>[*+]{{0,2}})\s*(?P<id>\d+)\s+(?:(?P<slot>\d+)\s+)?(?P<role>[A-Za-z]+)"
    rf"\s+(?P<priority>\d+)\s+(?P<mac>{MAC})\s+(?P<text>\S.*?)\s*"
)
_FOOT = re.compile(
    r"\s*(?:-{5,}|[*+] indicates the device .*|The bridge MAC of the IRF is\s*:.*"
    r"|Auto upgrade\s*:.*|Mac persistent\s*:.*|Topo-domain ID\s*:.*"
    r"|Domain ID\s*:.*|Auto merge\s*:.*)\s*",
    re.IGNORECASE,
)
_DOMAIN = re.compile(r"\s*Domain ID\s*:\s*(\d+)\s*")
_ROLES = ("master", "standby", "slave", "loading", "candidate")


def parse(text: str) -> dict[str, Any]:
    """{"domain", "members": [{id, slot, role, priority, mac, description}]}; raises Unparsed."""
    members: list[dict[str, Any]] = []
    domain: int | None = None
    headed = False
    for line in shown_lines(text):
        if _HEADER.fullmatch(line[1]):
            headed = True
        elif headed and (row := _ROW.fullmatch(line[1])):
            if row["role"].lower() not in _ROLES:
                raise unknown(line, "a member with a known role")
            members.append(
                {
                    "id": whole(row["id"], "member"),
                    "slot": whole(row["slot"], "slot") if row["slot"] else None,
                    "role": row["role"].lower(),
                    "priority": whole(row["priority"], "priority"),
                    "mac": mac(row["mac"]),
                    "description": "" if row["text"].strip("-") == "" else row["text"],
                    "_line": line[0],
                }
            )
        elif _FOOT.fullmatch(line[1]):
            if match := _DOMAIN.fullmatch(line[1]):
                domain = whole(match.group(1), "domain")
        else:
            raise unknown(line, "an IRF member")
    if not members:
        raise Unparsed("no IRF member found")
    return {"domain": domain, "members": members, "masters": sum(m["role"] == "master" for m in members)}
