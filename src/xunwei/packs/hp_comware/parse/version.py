"""`display version` (recordings: Comware 3 by 3Com, Comware 7 by HPE; Comware 5 from the command reference).

H3C Comware Software, Version 7.1.070, Release 6126P20
Copyright (c) 2004-2020 New H3C Technologies Co., Ltd. All rights reserved.
H3C S5560-54C-EI uptime is 1 week, 2 days, 3 hours, 4 minutes
Last reboot reason : Cold reboot
...
Slot 1:
Uptime is 1 week,2 days,3 hours,4 minutes
BOARD TYPE:         S5560-54C-EI
"""

from __future__ import annotations

import re
from typing import Any

from xunwei.packs.hp_comware.comware import Line, duration, entire, shown_lines, whole
from xunwei.parse.text import Unparsed

_SOFTWARE = re.compile(
    r"^\s*(?:(?P<brand>H3C|HPE?|3Com|New H3C)\s+)?Comware (?:Platform )?Software,? Version (?P<comware>\d+\.\d[\w.]*)"
    r"(?:,\s*(?P<release>(?:Alpha|Beta|Demo|Customer|Feature|Ess|Release|Test|[A-Z])\s*\S.*?))?\s*$"
)
_OLD = re.compile(r"^\s*(?P<model>\S.*?) Software Version 3Com OS V(?P<comware>\S+)\s*$")
_UPTIME = re.compile(r"^\s*(?P<model>\S.*?)\s+uptime is\s+(?P<time>\d.*?)\s*$", re.IGNORECASE)
_SLOT = re.compile(
    r"^\s*(?:(?:MPU|LPU|NPU|SFU|SPU|FAN|PWR)(?:\(\w\))? )?(?:Chassis (?P<chassis>\d+)[,\s]*)?Slot (?P<slot>\d+)(?:\s*\(\w+\))?\s*:?\s*$",
    re.IGNORECASE,
)
_FIELD = re.compile(r"^\s*(?P<key>[A-Za-z][A-Za-z0-9 ]*?)\s*(?::|\bis\b)\s*(?P<value>\S.*?)\s*$")
_VENDOR_WORDS = re.compile(r"^(?:H3C|HPE|HP|3Com|SuperStack \d Switch|Switch)\s+")
_VENDORS = (
    ("3Com Corporation", "3Com"),
    ("Hewlett Packard Enterprise", "HPE"),
    ("Hewlett-Packard", "HP"),
    ("H3C", "H3C"),
)


def parse(text: str) -> dict[str, Any]:
    """Software, model and boards; times in seconds; raises Unparsed when version, model or uptime is not there."""
    lines = shown_lines(text)
    version, numbered_up = _first(lines, _SOFTWARE) or _first(lines, _OLD), _first(lines, _UPTIME)
    if version is None:
        raise Unparsed("software version not found")
    if numbered_up is None:
        raise Unparsed("uptime not found")
    general = _fields([line for line in lines if line[0] > numbered_up[0]], stop=True)
    brand = version[1].groupdict().get("brand")
    return {
        "vendor": brand.removeprefix("New ") if brand else _vendor(lines),
        "model": _model(numbered_up[1]["model"]),
        "comware": version[1]["comware"],
        "release": version[1].groupdict().get("release"),
        "uptime_seconds": duration(numbered_up[1]["time"]),
        "reboot_reason": general.get("last reboot reason"),
        "boot_image": general.get("boot image"),
        "system_image": general.get("system image"),
        "bootrom": _bootrom(general),
        "hardware": general.get("hardware version"),
        "slots": _slots(lines),
        "_lines": {"comware": version[0], "model": numbered_up[0], "uptime_seconds": numbered_up[0]},
    }


def _first(lines: list[Line], pattern: re.Pattern[str]) -> tuple[int, re.Match[str]] | None:
    return next(((number, m) for number, line in lines if (m := pattern.match(line))), None)


def _vendor(lines: list[Line]) -> str | None:
    for _, line in lines:
        for word, vendor in _VENDORS:
            if word in line:
                return vendor
    return None


def _model(words: str) -> str:
    previous = ""
    while words != previous:
        previous, words = words, _VENDOR_WORDS.sub("", words)
    return words


def _fields(lines: list[Line], *, stop: bool) -> dict[str, str]:
    found: dict[str, str] = {}
    for _, line in lines:
        if stop and _SLOT.match(line):
            break
        if match := _FIELD.match(line):
            found.setdefault(" ".join(match["key"].lower().split()), match["value"])
    return found


def _bootrom(fields: dict[str, str]) -> str | None:
    return fields.get("bootrom version") or fields.get("basic bootrom version")


def _slots(lines: list[Line]) -> list[dict[str, Any]]:
    slots: list[dict[str, Any]] = []
    starts = [i for i, (_, line) in enumerate(lines) if _SLOT.match(line)]
    for i, start in enumerate(starts):
        end = starts[i + 1] if i + 1 < len(starts) else len(lines)
        head = entire(_SLOT, lines[start][1], "slot")
        fields = _fields(lines[start + 1 : end], stop=False)
        slots.append(
            {
                "chassis": whole(head["chassis"], "chassis") if head["chassis"] else None,
                "slot": whole(head["slot"], "slot"),
                "board": fields.get("board type"),
                "uptime_seconds": duration(fields["uptime"]) if "uptime" in fields else None,
                "bootrom": _bootrom(fields),
                "patch": fields.get("patch version"),
                "reboot_reason": fields.get("reboot cause"),
                "_line": lines[start][0],
            }
        )
    return slots
