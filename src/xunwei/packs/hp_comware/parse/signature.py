"""`display ips|anti-virus|apr signature information`: signature libraries (Comware 7 DPI command reference).

IPS signature library information:
Type      SigVersion         ReleaseTime               Size
Current   1.0.312            Fri Nov 20 09:05:35 2026  71594
Last      1.0.310            Fri Nov 13 09:05:35 2026  71394
Factory   1.0.1              Fri Sep 13 09:05:35 2024  70394

A feature that the device lacks is refused; of the others all are read. No licensed recording exists.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from xunwei.packs.hp_comware.comware import shown_lines, unknown
from xunwei.parse.text import Unparsed

_HEAD = re.compile(r"\s*(?P<name>[A-Za-z][A-Za-z-]*) signature library information\s*:\s*", re.IGNORECASE)
_COLUMNS = re.compile(r"\s*Type\s+SigVersion\s+ReleaseTime\s+Size(?:\s*\(bytes\))?\s*", re.IGNORECASE)
_ROW = re.compile(
    r"\s*(?P<kind>Current|Last|Factory)\s+(?P<version>\S+)\s+(?P<time>-|[A-Z][a-z]{2} [A-Z][a-z]{2}\s+\d{1,2} \d{2}:\d{2}:\d{2} \d{4})"
    r"\s+(?P<size>-|\d+)\s*"
)

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def parse(text: str) -> dict[str, Any]:
    """{"libraries": [{name, version, released}]}: what is in use now; dates as ISO dates, null = none loaded."""
    libraries: list[dict[str, Any]] = []
    columns = False
    for line in shown_lines(text, several=True):
        if match := _HEAD.fullmatch(line[1]):
            libraries.append({"name": match["name"].lower(), "version": None, "released": None, "_line": 0})
            columns = False
        elif libraries and _COLUMNS.fullmatch(line[1]):
            columns = True
        elif columns and (match := _ROW.fullmatch(line[1])):
            if match["kind"] == "Current":
                libraries[-1].update(
                    {
                        "version": None if match["version"] == "-" else match["version"],
                        "released": _date(match["time"]),
                        "_line": line[0],
                    }
                )
        else:
            raise unknown(line, "a signature library")
    if not libraries:
        raise Unparsed("no signature library found")
    if any(lib["_line"] == 0 for lib in libraries):
        raise Unparsed("a library does not say what is in use")
    return {"libraries": libraries}


def _date(words: str) -> str | None:
    if words == "-":
        return None
    _, month, day, _, year = words.split()
    try:
        return date(int(year), _MONTHS.index(month) + 1, int(day)).isoformat()
    except ValueError:
        raise Unparsed(f"not a date: {words[:40]!r}") from None
