"""`display patch-information`: the patch package that runs.

    Patch Package Name    :flash:/s5720-v200r019sph016.pat
    Patch Package Version :V200R019SPH016
    Patch Package State   :Running
    Patch Package Run Time:2026-04-06 10:00:17

    Slot           Type            State           Count       Time(YYYY-MM-DD HH:MM:SS)
    0              C               Running         20          2026-04-06 10:00:17
    1              C               Deactive        20          2026-04-06 10:00:17

The table per board follows on S switches; one board that does not run the patch is enough for `running` to be false.
Recorded on VRP8; the other forms (`The current state is: Running`, `Info: No patch exists`) from command references.
"""

from __future__ import annotations

import re
from typing import Any

from xunwei.packs.huawei_vrp.vrp import body, says
from xunwei.parse import Unparsed

_NONE = (
    r"no patch (?:exists|package|is|has)",
    r"there is no patch",
    r"patch (?:package )?does not exist",
    r"no running patch",
)
_KEYS = {
    "package": re.compile(r"\s*(?:Patch )?Package Name\s*:\s*(\S+)\s*", re.IGNORECASE),
    "version": re.compile(r"\s*(?:Patch )?Package Version\s*:\s*(\S+)\s*", re.IGNORECASE),
    "state": re.compile(
        r"\s*(?:Patch Package State|The current state is|The state of the patch state file is)\s*:\s*(\w+)\.?\s*",
        re.IGNORECASE,
    ),
}

_BOARD = re.compile(r"\s*\d+(?:/\d+)?\s+[A-Z]+\s+([A-Za-z]+)\s+\d+\s+\d{4}-\d{2}-\d{2}\s+\d{2}:\d{2}:\d{2}")


def parse(text: str) -> dict[str, Any]:
    """Facts of `patch`: `installed` false and the rest null when the device says that there is none."""
    found = body(text, benign=_NONE)
    if len(found) <= 3 and says(found, *_NONE):
        return {"installed": False, "package": None, "version": None, "state": None, "running": None}
    values: dict[str, str] = {}
    boards = [m.group(1).lower() for line in found if (m := _BOARD.fullmatch(line.text))]
    at = 0
    for line in found:
        for name, pattern in _KEYS.items():
            match = pattern.fullmatch(line.text)
            if match is None:
                continue
            value = match.group(1)
            if values.get(name, value) != value:
                raise Unparsed(f"{name} of the patch has two values: {values[name]} and {value}")
            values[name] = value
            at = at or line.number
    missing = [n for n in ("version", "state") if n not in values]
    if missing:
        raise Unparsed(f"{missing[0]} of the patch package not found")
    return {
        "installed": True,
        "package": values.get("package"),
        "version": values["version"],
        "state": next((b for b in boards if b != "running"), values["state"].lower()),
        "running": all(state == "running" for state in [values["state"].lower(), *boards]),
        "_line": at,
    }
