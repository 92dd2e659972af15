"""`display route-policy` (recording: Comware 7).

Route-policy: ACTIVE_OUT
  Permit : 10
         if-match ip address prefix-list pl_customer
         apply community 64500:135
"""

from __future__ import annotations

import re
from typing import Any

from xunwei.packs.hp_comware.comware import shown_lines, unknown, whole
from xunwei.parse.text import Unparsed

_NAME = re.compile(r"\s*Route-policy\s*:\s*(\S+)\s*", re.IGNORECASE)
_NODE = re.compile(r"\s*(?P<action>permit|deny)\s*:\s*(?P<node>\d+)\s*", re.IGNORECASE)


def parse(text: str) -> dict[str, Any]:
    """{"nodes": [{policy, action, node, if_match: […], apply: […]}]}; raises Unparsed."""
    nodes: list[dict[str, Any]] = []
    policy = ""
    for line in shown_lines(text):
        words = line[1].strip()
        if match := _NAME.fullmatch(line[1]):
            policy = match.group(1)
        elif policy and (match := _NODE.fullmatch(line[1])):
            node = {"policy": policy, "action": match["action"].lower(), "node": whole(match["node"], "node")}
            nodes.append({**node, "if_match": [], "apply": [], "_line": line[0]})
        elif nodes and words.startswith("if-match "):
            nodes[-1]["if_match"].append(words.removeprefix("if-match "))
        elif nodes and words.startswith("apply "):
            nodes[-1]["apply"].append(words.removeprefix("apply "))
        elif nodes and re.match(r"(?:description|continue|tunnel-policy)\b", words):
            continue
        else:
            raise unknown(line, "part of a routing policy")
    if not nodes:
        raise Unparsed("no routing policy found")
    return {"nodes": nodes}
