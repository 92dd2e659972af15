"""`display startup`: configuration files of the current and the next start (Comware 5 and 7 command references).

MainBoard:
  Current startup saved-configuration file: flash:/startup.cfg(*)
  Next main startup saved-configuration file: flash:/startup.cfg
  Next backup startup saved-configuration file: NULL
"""

from __future__ import annotations

import re
from typing import Any

from xunwei.packs.hp_comware.comware import shown_lines, unknown
from xunwei.parse.text import Unparsed

_BOARD = re.compile(r"\s*(?P<name>MainBoard|(?:Chassis \d+ )?Slot \d+|Member \d+|Unit ?\d+)\s*:\s*", re.IGNORECASE)
_FILE = re.compile(
    r"\s*(?P<which>Current|Next main|Next backup|Next)\s+startup saved-configuration file"
    r"\s*:\s*(?P<file>\S+?)(?:\(\*\))?\s*",
    re.IGNORECASE,
)
_KEYS = {"current": "current", "next main": "next", "next": "next", "next backup": "backup"}
_NOTE = re.compile(r"\s*\(\*\).*|\s*Bootrom-access enable state\s*:.*", re.IGNORECASE)


def parse(text: str) -> dict[str, Any]:
    """{"boards": [{name, current, next, backup, same}]}; file None when the device says NULL; raises Unparsed."""
    boards: list[dict[str, Any]] = []
    for line in shown_lines(text):
        if match := _BOARD.fullmatch(line[1]):
            boards.append({"name": match["name"], "current": "", "next": "", "backup": None, "_line": line[0]})
        elif match := _FILE.fullmatch(line[1]):
            if not boards:
                boards.append({"name": "MainBoard", "current": "", "next": "", "backup": None, "_line": line[0]})
            boards[-1][_KEYS[match["which"].lower()]] = (
                None if match["file"].upper() == "NULL" else match["file"].lower()
            )
        elif not _NOTE.fullmatch(line[1]):
            raise unknown(line, "a startup file")
    if not boards or any(b["current"] == "" or b["next"] == "" for b in boards):
        raise Unparsed("current or next startup file not found")
    for board in boards:
        board["same"] = board["current"] is not None and board["current"] == board["next"]
    return {"boards": boards}
