"""`display password-control` (Comware 5 and 7 command references).

Global password control configurations:
 Password control:                     Enabled (device management users)
 Password aging:                       Enabled (90 days)
 Password length:                      Enabled (10 characters)
 Password composition:                 Enabled (2 types,  1 characters per type)
 Password history:                     Enabled (max history record:4)
 Maximum login attempts:               3
 User account idle-time:               90 days
 Password complexity:                  Disabled (username checking)
"""

from __future__ import annotations

import re
from typing import Any

from xunwei.packs.hp_comware.comware import Line, shown_lines, unknown, whole
from xunwei.parse.text import Unparsed

_TITLE = re.compile(
    r"\s*(?:Global )?password control configurations?( for super)?\s*:?\s*|\s*Super password.*:\s*", re.IGNORECASE
)
_FIELD = re.compile(r"\s*(?P<key>[A-Z][A-Za-z0-9 /()-]*?)\s*:\s*(?P<value>.*?)\s*")


def parse(text: str) -> dict[str, Any]:
    """{"enabled", "aging_days", "min_length", "types", "history", "attempts", "idle_days"}: null: off or not said."""
    fields: dict[str, tuple[str, int]] = {}
    for line in shown_lines(text):
        if _TITLE.fullmatch(line[1]):
            continue
        match = _FIELD.fullmatch(line[1])
        if match is None:
            if not fields or not re.match(r"\s{8,}\S", line[1]):
                raise unknown(line, "a line of the password control settings")
            continue
        fields.setdefault(match["key"].lower(), (match["value"], line[0]))
    enabled = fields.get("password control")
    if enabled is None:
        raise Unparsed("state of password control not found")
    return {
        "enabled": _state(enabled),
        "aging_days": _number(fields.get("password aging"), r"(\d+) days?"),
        "min_length": _number(fields.get("password length"), r"(\d+) characters?"),
        "types": _number(fields.get("password composition"), r"(\d+) types?"),
        "history": _number(fields.get("password history"), r"max history records?\s*:\s*(\d+)"),
        "attempts": _plain(fields.get("maximum login attempts") or fields.get("maximum failed login attempts")),
        "idle_days": _number(
            fields.get("user account idle-time") or fields.get("user account idle time"), r"(\d+) days?"
        ),
        "_lines": {"enabled": enabled[1]},
    }


def _state(field: Line | tuple[str, int]) -> bool:
    word = str(field[0]).lower()
    if not word.startswith(("enabled", "disabled")):
        raise Unparsed(f"not enabled or disabled: {word[:30]!r}")
    return word.startswith("enabled")


def _number(field: tuple[str, int] | None, pattern: str) -> int | None:
    if field is None or field[0].lower().startswith("disabled"):
        return None
    match = re.search(pattern, field[0], re.IGNORECASE)
    return whole(match.group(1), "number") if match else None


def _plain(field: tuple[str, int] | None) -> int | None:
    return whole(field[0], "attempts") if field and field[0].isascii() and field[0].isdigit() else None
