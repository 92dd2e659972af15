"""`display acl all`: access lists, their rules, and how often each matched.

     Total quantity of nonempty ACL number is 2

    Basic ACL 2000, 2 rules
    Acl's step is 5
     rule 5 permit source 192.0.2.0 0.0.0.255 (94 matches)
     rule 10 deny

Recorded on AR.
"""

from __future__ import annotations

import re
from typing import Any

from xunwei.packs.huawei_vrp.vrp import Line, body, fail, says, whole
from xunwei.parse import Unparsed

_TOTAL = re.compile(r"\s*Total (?:quantity of )?nonempty (?:IPv[46] )?ACL number is\s*:?\s*(\d+)\s*", re.IGNORECASE)
_HEAD = re.compile(
    r"\s*(?P<kind>[A-Za-z][\w\- ]*?) ACL (?:(?P<name>\S+) )?(?P<number>\d{4,5})(?: \S+)?, "
    r"(?P<rules>\d+) rules?(?:,.*)?\s*",
    re.IGNORECASE,
)
_STEP = re.compile(r"\s*Acl's step is \d+\s*|\s*(?:ACL )?description\s.*|\s*match-order.*", re.IGNORECASE)
_RULE = re.compile(
    r"\s*rule (?P<id>\d+)(?: name \S+)? (?P<action>permit|deny)(?P<text>.*?)"
    r"(?:\s*\((?:match(?:ed)?-counter\s+)?(?P<hits>\d+)(?: (?:match(?:es)?|times? matched))?\))?\s*"
)
_ABOUT = re.compile(r"\s*rule \d+ description .*")
_NONE = (r"no ACL", r"ACL (?:does not|doesn't) exist", r"total (?:quantity of )?nonempty .* is 0")


def parse(text: str) -> dict[str, Any]:
    """Facts of `acl`: `hits` null = not shown. A list may print fewer rules than it has, so its own count is kept."""
    found = body(text, benign=_NONE)
    if len(found) == 1 and says(found, *_NONE):
        return {"total": 0, "acls": []}
    acls: list[dict[str, Any]] = []
    announced: int | None = None
    for line in found:
        if match := _TOTAL.fullmatch(line.text):
            announced = whole(match.group(1))
        elif match := _HEAD.fullmatch(line.text):
            acls.append(
                {
                    "number": whole(match["number"]),
                    "name": match["name"],
                    "kind": match["kind"].lower(),
                    "rules": whole(match["rules"]),
                    "entries": [],
                    "_line": line.number,
                }
            )
        elif _STEP.fullmatch(line.text) or _ABOUT.fullmatch(line.text):
            continue
        else:
            _rule(acls, line)
    if not acls and announced != 0:
        raise Unparsed("no access list found")
    if announced is not None and len(acls) < announced:
        raise Unparsed(f"{announced} access lists announced, {len(acls)} listed")
    return {"total": len(acls), "acls": acls}


def _rule(acls: list[dict[str, Any]], line: Line) -> None:
    match = _RULE.fullmatch(line.text)
    if match is None or not acls:
        fail(line, "a rule of an access list")
    acls[-1]["entries"].append(
        {
            "id": whole(match["id"]),
            "action": match["action"],
            "match": " ".join(match["text"].split()),
            "hits": whole(match["hits"]) if match["hits"] else None,
            "_line": line.number,
        }
    )
