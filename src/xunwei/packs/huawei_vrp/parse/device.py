"""`display device`: boards, power supplies and fans with their registration and alarm state.

    S5720-52X-SI-AC's Device status:
    Slot Sub  Type                   Online    Power    Register     Status   Role
    -------------------------------------------------------------------------------
    0    -    S5720-52X-SI           Present   PowerOn  Registered   Normal   Master
         PWR1 POWER                  Present   PowerOn  Registered   Normal   NA

The columns differ by product line (Card or Sub, Alarm or Status, Role or Primary, LsId on NE); the header says
which. Recorded on CE12800 and CE8800; S and NE from the manuals.
"""

from __future__ import annotations

import re
from typing import Any

from xunwei.packs.huawei_vrp.vrp import Line, body, fail, is_ruler
from xunwei.parse import Unparsed

_LEFT = {"slot": "slot", "slot#": "slot", "slot/card": "slot", "card": "card", "sub": "card", "subcard": "card"}
_RIGHT = {
    "online": "online", "power": "power", "register": "register", "registration": "register", "alarm": "status",
    "status": "status", "role": "role", "primary": "primary", "lsid": "",
}  # fmt: skip
_ONLINE = {"present": True, "online": True, "absent": False, "offline": False}


def parse(text: str) -> dict[str, Any]:
    """Facts of `device`: every row; a row without slot belongs to the slot above it."""
    boards: list[dict[str, Any]] = []
    left: list[str] = []
    right: list[str] = []
    indent = 0
    for line in body(text):
        words = line.text.split()
        if re.match(r"\s*slot\b", line.text, re.IGNORECASE):
            left, right = _header(line)
            indent = len(line.text) - len(line.text.lstrip())
        elif (
            is_ruler(line.text)
            or not left
            or re.search(r"device status\s*:?$", line.text, re.IGNORECASE)
            or words[0] == "*"
        ):
            continue
        else:
            boards.append(_row(line, left, right, indent, boards[-1]["slot"] if boards else None))
    if not boards:
        raise Unparsed("no board in the table" if left else "table header not found")
    return {"boards": boards}


def _header(line: Line) -> tuple[list[str], list[str]]:
    words = line.text.lower().replace("slot #", "slot#").split()
    kind = next((i for i, w in enumerate(words) if w in ("type", "card-type", "board-type")), -1)
    if kind < 0 or any(w not in _LEFT for w in words[:kind]) or any(w not in _RIGHT for w in words[kind + 1 :]):
        fail(line, "a known header of the table of boards")
    right = [_RIGHT[w] or w for w in words[kind + 1 :]]
    if "role" not in right:
        # NE has both: Role is the kind of board there, Primary tells which main board leads.
        right = ["role" if w == "primary" else w for w in right]
    if "online" not in right or "status" not in right or len(set(right)) != len(right):
        # An NE table has both Status and Alarm on some releases: which one is meant would be a guess.
        fail(line, "a header with one status column")
    return words[:kind], right


def _row(line: Line, left: list[str], right: list[str], indent: int, above: str | None) -> dict[str, Any]:
    words = line.text.split()
    ends = words[-len(right) :]
    if len(words) <= len(right) or ends[right.index("online")].lower() not in _ONLINE:
        fail(line, "a row of the table of boards")
    values = dict(zip(right, ends, strict=True))
    names = words[: -len(right)]
    slot, card = above, None
    if len(line.text) - len(line.text.lstrip()) <= indent + 1:
        slot = names.pop(0)
        if left == ["slot/card"]:
            slot, _, card = slot.partition("/")
    if len(left) == 2 and names:
        card = names.pop(0)
    if slot is None or not names:
        fail(line, "a row with slot and type")
    status = values["status"].lower()
    return {
        "slot": slot,
        "card": None if card in (None, "", "-", "--") else card,
        "type": " ".join(names).lstrip("*"),
        "online": _ONLINE[values["online"].lower()],
        "power": _dash(values.get("power")),
        "registered": _registered(line, values.get("register")),
        "status": None if status in ("-", "--", "na") else status,
        "role": _dash(values.get("role")),
        "_line": line.number,
    }


def _registered(line: Line, word: str | None) -> bool | None:
    known = {"registered": True, "unregistered": False, "registering": False}
    if word is None or word in ("-", "--", "NA"):
        return None
    if word.lower() not in known:
        fail(line, "a known registration state")
    return known[word.lower()]


def _dash(word: str | None) -> str | None:
    return None if word in (None, "-", "--", "NA", "N/A") else word
