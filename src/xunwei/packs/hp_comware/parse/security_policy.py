"""`display security-policy statistics ip`: how often each security rule was hit (Comware 7 command reference).

IPv4 security policy rule: web
    Action: pass (5 packets, 1000 bytes)
IPv4 security policy rule: all
    Action: drop

Also `rule 3 name web` and `action pass (5 packets, 1000 bytes)`. A rule counts only with `counting enable`: without, its
hits are null. No licensed recording exists.
"""

from __future__ import annotations

import re
from typing import Any

from xunwei.packs.hp_comware.comware import shown_lines, unknown, whole
from xunwei.parse.text import Unparsed

_RULE = re.compile(
    r"\s*(?:IPv4 security[ -]policy rule\s*:\s*(?P<name>\S+)|rule (?P<id>\d+) name (?P<name2>\S+))(?: \((?:In)?active\))?\s*",
    re.IGNORECASE,
)
_TITLE = re.compile(r"\s*Security[ -]policy(?:\s*:)? ip\s*", re.IGNORECASE)
_ACTION = re.compile(
    r"\s*Action\s*:?\s*(?P<action>pass|drop)(?:\s*\(\s*(?P<hits>\d+) packets?,\s*\d+ bytes?\s*\))?\s*", re.IGNORECASE
)


def parse(text: str) -> dict[str, Any]:
    """{"total", "rules": [{id, name, action, hits}]}; raises Unparsed."""
    rules: list[dict[str, Any]] = []
    for line in shown_lines(text):
        if match := _RULE.fullmatch(line[1]):
            name = match["name"] or match["name2"]
            number = whole(match["id"], "rule") if match["id"] else None
            rules.append({"id": number, "name": name, "action": None, "hits": None, "_line": line[0]})
        elif rules and rules[-1]["action"] is None and (match := _ACTION.fullmatch(line[1])):
            rules[-1]["action"] = match["action"].lower()
            rules[-1]["hits"] = whole(match["hits"], "hits") if match["hits"] else None
        elif rules or not _TITLE.fullmatch(line[1]):
            raise unknown(line, "a security rule")
    if not rules:
        raise Unparsed("no security rule found")
    if any(r["action"] is None for r in rules):
        raise Unparsed("a rule has no action: the answer is cut off")
    return {"total": len(rules), "rules": rules}
