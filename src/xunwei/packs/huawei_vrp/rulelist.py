"""The list of rules that `display security-policy rule all` and `display nat-policy rule all` print on a USG."""

from __future__ import annotations

import re
from typing import Any

from xunwei.packs.huawei_vrp.vrp import body, fail, is_ruler, whole
from xunwei.parse import Unparsed

_TOTAL = re.compile(r"\s*Total\s*:\s*(\d+)\s*", re.IGNORECASE)
_HEAD = re.compile(r"\s*RULE ID\s+RULE NAME\s+STATE\s+ACTION\s+(?:HITS|HIT-COUNT|MATCHED)\s*", re.IGNORECASE)
_ROW = re.compile(
    r"\s*(?P<id>\d+)\s+(?P<name>\S(?:.*?\S)?)\s+(?P<state>enable|disable)\s+(?P<action>[a-z][a-z\-]*|-)\s+(?P<hits>\d+)\s*"
)


def rules(text: str, actions: tuple[str, ...]) -> dict[str, Any]:
    """Facts: rules in order; `action` null where none is set. As many as announced, or Unparsed."""
    found: list[dict[str, Any]] = []
    total: int | None = None
    header = False
    for line in body(text):
        if match := _TOTAL.fullmatch(line.text):
            total = whole(match.group(1))
        elif _HEAD.fullmatch(line.text):
            header = True
        elif is_ruler(line.text):
            continue
        else:
            match = _ROW.fullmatch(line.text) if header else None
            if match is None or match["action"] not in (*actions, "-"):
                fail(line, "a rule of the policy")
            found.append(
                {
                    "id": whole(match["id"]),
                    "name": match["name"],
                    "enabled": match["state"] == "enable",
                    "action": None if match["action"] == "-" else match["action"],
                    "hits": whole(match["hits"]),
                    "default": match["name"] == "default",
                    "_line": line.number,
                }
            )
    if not header:
        raise Unparsed("table header not found")
    if total is not None and total != len(found):
        raise Unparsed(f"{total} rules announced, {len(found)} listed")
    return {"total": len(found), "rules": found}
