"""`display license`: licences with what is left of them (Comware 7 command reference).

Slot 1:
flash:/license/210235A1XXX000000001.ak
Feature: MPLS
Product Description: MPLS feature licence
Registered at: 2026-01-22 12:06:23
License Type: Trial (days restricted)
Trial Time Left (days): 90
Current State: In use
"""

from __future__ import annotations

import re
from typing import Any

from xunwei.packs.hp_comware.comware import shown_lines, unknown, whole
from xunwei.parse.text import Unparsed

_SLOT = re.compile(r"\s*(?:Chassis (?P<chassis>\d+)[, ]*)?Slot (?P<slot>\d+)\s*:?\s*", re.IGNORECASE)
_FILE = re.compile(r"\s*(?P<file>[a-z]+\d*:/\S+\.(?:ak|lic|did))\s*", re.IGNORECASE)
_FIELD = re.compile(r"\s*(?P<key>[A-Z][A-Za-z0-9 ()/-]*?)\s*:\s*(?P<value>.*?)\s*")
_STATES = ("in use", "usable", "expired", "uninstalled", "unusable", "invalid", "pre-licensed", "not in use")


def parse(text: str) -> dict[str, Any]:
    """{"licences": [{slot, file, feature, type, days_left, state}], "limited"}: permanent ones have no days_left."""
    found: list[dict[str, Any]] = []
    slot: int | None = None
    for line in shown_lines(text):
        if match := _SLOT.fullmatch(line[1]):
            slot = whole(match["slot"], "slot")
        elif match := _FILE.fullmatch(line[1]):
            found.append(
                {
                    "slot": slot,
                    "file": match["file"],
                    "feature": "",
                    "type": "",
                    "days_left": None,
                    "state": "",
                    "_line": line[0],
                }
            )
        elif found and (match := _FIELD.fullmatch(line[1])):
            _fill(found[-1], match["key"].lower(), match["value"], line[0])
        else:
            raise unknown(line, "about a licence")
    if not found:
        raise Unparsed("no licence found")
    for entry in found:
        if not entry["feature"] or not entry["type"] or not entry["state"]:
            raise Unparsed(f"licence {entry['file']} is not complete")
        if (
            entry["days_left"] is None
            and not entry["type"].startswith("permanent")
            and entry["state"] in ("in use", "usable")
        ):
            raise Unparsed(f"licence {entry['file']} is limited, but says no days left")
    limited = [e for e in found if e["days_left"] is not None and e["state"] in ("in use", "usable")]
    return {"licences": found, "limited": limited}


def _fill(entry: dict[str, Any], key: str, value: str, number: int) -> None:
    if key == "feature":
        entry["feature"] = value
    elif key in ("license type", "licence type"):
        entry["type"] = value.lower()
    elif key in ("current state", "state"):
        if value.lower() not in _STATES:
            raise Unparsed(f"line {number}: not a licence state: {value[:30]!r}")
        entry["state"] = value.lower()
    elif re.fullmatch(r"(?:trial )?(?:time|days) left(?: \(days\))?|time left \(days\)|remaining days", key):
        entry["days_left"] = whole(value, "days left")
