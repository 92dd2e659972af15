"""`display startup`: files in use and files for the next start, per main board.

    MainBoard:
      Startup system software:                   flash:/s5720-v200r019c10spc500.cc
      Next startup system software:              flash:/s5720-v200r019c10spc500.cc
      Startup saved-configuration file:          flash:/vrpcfg.zip
      Next startup saved-configuration file:     flash:/vrpcfg.zip
      Startup patch package:                     NULL

Recorded on AR; S, CE and USG from the command references.
"""

from __future__ import annotations

import re
from typing import Any

from xunwei.packs.huawei_vrp.vrp import Line, body, fail
from xunwei.parse import Unparsed

_BOARD = re.compile(r"\s*((?:Main|Slave|Standby)?\s*Board|Slot\s*\S+|[A-Za-z]+ ?\d*)\s*:\s*", re.IGNORECASE)
_PAIR = re.compile(r"\s*([A-Za-z][A-Za-z \-]*?)\s*:\s*(\S.*?)\s*")
_NAMES = {
    "startup system software": "software",
    "next startup system software": "next_software",
    "startup saved-configuration file": "configuration",
    "next startup saved-configuration file": "next_configuration",
    "startup patch package": "patch",
    "next startup patch package": "next_patch",
    "startup license file": "license",
    "next startup license file": "next_license",
}  # fmt: skip
_NONE = ("null", "none", "*", "-", "--", "default")


def parse(text: str) -> dict[str, Any]:
    """Facts of `startup`: null = no file. Software and configuration, now and next, must be named for each board."""
    boards: list[dict[str, Any]] = []
    for line in body(text):
        if re.match(r"\s*Info\s*:", line.text):
            continue
        if _BOARD.fullmatch(line.text):
            boards.append(_board(line.text.strip().rstrip(":").strip(), line.number))
            continue
        match = _PAIR.fullmatch(line.text)
        if match is None:
            fail(line, "a startup file")
        if not boards:
            boards.append(_board("", line.number))
        _set(boards[-1], " ".join(match.group(1).lower().split()), match.group(2), line)
    for board in boards:
        missing = [n for n in ("software", "next_software", "next_configuration") if board["_seen"].get(n) is None]
        if missing:
            raise Unparsed(f"{missing[0]} not found")
        del board["_seen"]
    if not boards:
        raise Unparsed("no board found")
    return {"boards": boards}


def _board(name: str, number: int) -> dict[str, Any]:
    return {"board": name, **dict.fromkeys(_NAMES.values()), "_seen": {}, "_line": number}


def _set(board: dict[str, Any], key: str, value: str, line: Line) -> None:
    name = _NAMES.get(key)
    if name is None:
        return
    if name in board["_seen"]:
        fail(line, "the only one of its kind")
    board["_seen"][name] = True
    board[name] = None if value.lower() in _NONE else value
