"""`display acl all`: access control lists with match counters (Comware 5 and 7 command references).

Basic IPv4 ACL 2000, 2 rules,
ACL's step is 5, start ID is 0
 rule 0 permit source 192.0.2.0 0.0.0.255 (12 times matched)
 rule 5 deny
"""

from __future__ import annotations

import re
from typing import Any

from xunwei.packs.hp_comware.comware import shown_lines, unknown, whole
from xunwei.parse.text import Unparsed

_HEAD = re.compile(
    r"\s*(?P<kind>Basic|Advanced|Layer[ -]2|Ethernet frame|User-defined|WLAN\S*)"
    r"\s+(?P<family>IPv4 |IPv6 |MAC )?ACL\s+(?P<id>\S+?),?"
    r"(?:\s+named\s+(?P<name>\S+?),)?\s+"
    r"(?P<count>\d+)\s+rules?,.*",
    re.IGNORECASE,
)
_NOTE = re.compile(
    r"\s*(?:ACL's step is.*|This is an? .*|.*match-order is .*|Statistics is .*"
    r"|Match-order.*|VXLAN.*|rule \d+ comment .*)\s*",
    re.IGNORECASE,
)
_RULE = re.compile(
    r"\s*rule (?P<id>\d+) (?P<action>permit|deny)(?P<rest>(?: .*?)?)(?:\s*\("
    r"(?P<hits>\d+) times? matched\))?(?:\s*\(\w+\))?\s*",
    re.IGNORECASE,
)


def parse(text: str) -> dict[str, Any]:
    """{"acls": [{id, name, kind, rules: [{id, action, match, hits}]}], "open_rules": permits of everything}."""
    acls: list[dict[str, Any]] = []
    for line in shown_lines(text):
        if head := _HEAD.fullmatch(line[1]):
            acl = {"id": head["id"], "name": head["name"] if head["name"] not in (None, "-none-") else None}
            acls.append(
                {
                    **acl,
                    "kind": head["kind"].lower(),
                    "rules": [],
                    "_count": whole(head["count"], "rules"),
                    "_line": line[0],
                }
            )
        elif acls and (match := _RULE.fullmatch(line[1])):
            acls[-1]["rules"].append(
                {
                    "id": whole(match["id"], "rule"),
                    "action": match["action"].lower(),
                    "match": match["rest"].strip(),
                    "hits": whole(match["hits"], "matches") if match["hits"] else 0,
                    "_line": line[0],
                }
            )
        elif not acls or not _NOTE.fullmatch(line[1]):
            raise unknown(line, "part of an ACL")
    if not acls:
        raise Unparsed("no ACL found")
    for acl in acls:
        if acl.pop("_count") != len(acl["rules"]):
            raise Unparsed(f"ACL {acl['id']}: not as many rules as announced")
    opened = [
        {"acl": a["name"] or a["id"], **r}
        for a in acls
        for r in a["rules"]
        if r["action"] == "permit" and r["match"] in ("", "ip", "ipv6")
    ]
    return {"acls": acls, "open_rules": opened}
