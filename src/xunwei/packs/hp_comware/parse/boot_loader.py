"""`display boot-loader`: software images now and at the next start (Comware 5 and 7 command references).

Software images on slot 1:
Current software images:
  flash:/s5560ei-cmw710-boot-r6126p20.bin
  flash:/s5560ei-cmw710-system-r6126p20.bin
Main startup software images:
  flash:/s5560ei-cmw710-boot-r6126p20.bin
  flash:/s5560ei-cmw710-system-r6126p20.bin
Backup startup software images:
  None
"""

from __future__ import annotations

import re
from typing import Any

from xunwei.packs.hp_comware.comware import shown_lines, unknown
from xunwei.parse.text import Unparsed

_SLOT = re.compile(r"\s*(?:Software images on )?(?P<name>(?:chassis \d+ )?slot \d+)\s*:?\s*", re.IGNORECASE)
_PART = re.compile(
    r"\s*(?P<which>Current software|Main startup software|Backup startup software|Loading) images?\s*:\s*",
    re.IGNORECASE,
)
_IMAGE = re.compile(r"\s*(?P<file>[a-z]+\d*[:#][^\s:]+|\S+\.bin|None)\s*", re.IGNORECASE)
_OLD = re.compile(r"\s*The (?P<which>current|main|backup) boot app is\s*:\s*(?P<file>\S+)\s*", re.IGNORECASE)
_KEYS = {
    "current software": "current",
    "main startup software": "main",
    "backup startup software": "backup",
    "loading": "loading",
}


def parse(text: str) -> dict[str, Any]:
    """{"slots": [{name, current, main, backup, same}]}: lists of image files; raises Unparsed."""
    slots: list[dict[str, Any]] = []
    part = ""
    for line in shown_lines(text):
        if match := _SLOT.fullmatch(line[1]):
            slots.append(
                {
                    "name": match["name"].lower(),
                    "current": [],
                    "main": [],
                    "backup": [],
                    "loading": [],
                    "_line": line[0],
                }
            )
            part = ""
        elif not slots:
            raise unknown(line, "a slot")
        elif match := _PART.fullmatch(line[1]):
            part = _KEYS[match["which"].lower()]
        elif match := _OLD.fullmatch(line[1]):
            slots[-1][match["which"].lower()].append(match["file"].lower())
        elif part and (match := _IMAGE.fullmatch(line[1])):
            if match["file"].lower() != "none":
                slots[-1][part].append(match["file"].lower())
        else:
            raise unknown(line, "a software image")
    if not slots or any(not s["current"] for s in slots):
        raise Unparsed("current software images not found")
    for slot in slots:
        del slot["loading"]
        slot["same"] = sorted(slot["current"]) == sorted(slot["main"])
    return {"slots": slots}
