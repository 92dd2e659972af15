"""`display alarm active`: alarms that stand.

    A/B/C/D/E/F/G/H/I/J
    A=Sequence, B=RootKindFlag(Independent|RootCause|nonRootCause)
    …
      1/Independent/2026-10-11 00:39:21+08:00/-/0x502001/linkDown/Critical/Start/OID 1.3.6.1.6.3.1.1.5.3 Interface …

    Sequence   AlarmId    Severity Date Time  Description
    --------------------------------------------------------------------------------
    48         0xF102EE   Minor    2026-12-19 The number of available VTY channels i
                                   16:00:38  s lower than the threshold.

    Index  Level    Date       Time           Info
    1      Critical 2026-06-29 13:33:42+08:00 GigabitEthernet3/0/23 is failed, the o
                                              ptical module's state on card is chang

Third form: NE of VRP5, which says `display alarm all`. First form: S switches (V200R005 to R019); second:
CE, NE (some print the severity as 1 to 4, with a legend).
From the command references. Long texts are cut hard and go on below.
"""

from __future__ import annotations

import re
from typing import Any

from xunwei.packs.huawei_vrp.vrp import Line, body, fail, is_ruler, says
from xunwei.parse import Unparsed

_SLASH_HEAD = re.compile(r"\s*A/B/C/D/E/F/G/H/I/J\s*")
_SLASH_LEGEND = re.compile(r"\s*[A-J]=.*")
_SLASH_START = re.compile(r"\s*\d+/(?:Independent|RootCause|nonRootCause)/")
_SLASH = re.compile(
    r"\s*(?P<seq>\d+)/(?P<kind>\w+)/(?P<time>[^/]*)/(?P<cleared>[^/]*)/(?P<id>0x[0-9a-fA-F]+)/(?P<name>[^/]*)/"
    r"(?P<level>Critical|Major|Minor|Warning|Indeterminate|Cleared)/(?P<state>\w+)/(?P<text>.*)"
)
_TABLE_HEAD = re.compile(r"\s*Sequence\s+AlarmId\s+(?:Severity|Level)\s+Date\s*Time\s+Description\s*", re.IGNORECASE)
_TABLE_ROW = re.compile(
    r"\s*(?P<seq>\d+)\s+(?P<id>0x[0-9a-fA-F]+)\s+(?P<level>Critical|Major|Minor|Warning|[1-4])\s+(?P<date>\d{4}-\d{2}-\d{2})\s(?P<text>.*)"
)
_TABLE_NEXT = re.compile(r"\s+(?:(?P<time>\d{2}:\d{2}:\d{2})[+\-]?(?=\s))?\s*(?:\d{2}:\d{2}\s{3,})?(?P<text>\S.*)")
_INDEX_HEAD = re.compile(r"\s*Index\s+Level\s+Date\s+Time\s+Info\s*", re.IGNORECASE)
_INDEX_ROW = re.compile(
    r"\s?(?P<seq>\d+)\s+(?P<level>Critical|Major|Minor|Warning|Emergency|Error)\s+"
    r"(?P<time>\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2})\S*\s+(?P<text>\S.*)",
    re.IGNORECASE,
)
_LEGEND = re.compile(r"\s*(?:1\s*:\s*Critical\s+2\s*:\s*Major\s+3\s*:\s*Minor\s+4\s*:\s*Warning)\s*", re.IGNORECASE)
_LEVELS = {"1": "critical", "2": "major", "3": "minor", "4": "warning"}
_NONE = (r"^\s*no (active )?alarm", r"no active alarm", r"no alarm exists", r"alarm (list|table) is empty")


def parse(text: str) -> dict[str, Any]:
    """Facts of `alarms`: every standing alarm with severity and local time; `counts` by severity."""
    found = body(text, benign=_NONE)
    said = [line for line in found if not is_ruler(line.text)]
    if len(said) == 1 and says(said, *_NONE):
        return _facts([])
    if any(_SLASH_HEAD.fullmatch(line.text) for line in found):
        return _facts(_slashes(found))
    if any(_TABLE_HEAD.fullmatch(line.text) for line in found):
        return _facts(_table(found))
    if any(_INDEX_HEAD.fullmatch(line.text) for line in found):
        return _facts(_index(found))
    raise Unparsed("neither alarms nor the statement that there is none")


def _facts(alarms: list[dict[str, Any]]) -> dict[str, Any]:
    levels = ("critical", "major", "minor", "warning", "indeterminate")
    return {"counts": {level: sum(a["severity"] == level for a in alarms) for level in levels}, "alarms": alarms}


def _slashes(found: list[Line]) -> list[dict[str, Any]]:
    joined: list[Line] = []
    for line in found:
        if _SLASH_START.match(line.text):
            joined.append(Line(line.number, line.text.strip()))
        elif joined:
            joined[-1] = Line(joined[-1].number, joined[-1].text + line.text.strip())
        elif not (_SLASH_HEAD.fullmatch(line.text) or _SLASH_LEGEND.fullmatch(line.text) or is_ruler(line.text)):
            fail(line, "a legend line or an alarm")
    alarms = []
    for line in joined:
        match = _SLASH.fullmatch(line.text)
        if match is None:
            fail(line, "an alarm")
        if match["cleared"] == "-" and match["level"] != "Cleared":
            alarms.append(
                _alarm(
                    line.number,
                    match["seq"],
                    match["id"],
                    match["name"],
                    match["level"].lower(),
                    match["time"],
                    match["text"],
                )
            )
    return alarms


def _table(found: list[Line]) -> list[dict[str, Any]]:
    alarms: list[dict[str, Any]] = []
    header = False
    for line in found:
        if _TABLE_HEAD.fullmatch(line.text):
            header = True
        elif is_ruler(line.text) or _LEGEND.fullmatch(line.text):
            continue
        elif header and (match := _TABLE_ROW.fullmatch(line.text)):
            level = _LEVELS.get(match["level"], match["level"].lower())
            alarms.append(_alarm(line.number, match["seq"], match["id"], None, level, match["date"], match["text"]))
        elif alarms and (match := _TABLE_NEXT.fullmatch(line.text if line.text.startswith(" ") else f" {line.text}")):
            if match["time"] and len(alarms[-1]["time"]) == 10:
                alarms[-1]["time"] += f" {match['time']}"
            alarms[-1]["text"] += match["text"].strip()
        else:
            fail(line, "a row of the alarm table")
    return alarms


def _index(found: list[Line]) -> list[dict[str, Any]]:
    """The old table has no alarm id but the object id in its text; the device closes it with a ruler."""
    alarms: list[dict[str, Any]] = []
    header = False
    for line in found:
        if _INDEX_HEAD.fullmatch(line.text):
            header = True
        elif is_ruler(line.text):
            continue
        elif header and (match := _INDEX_ROW.fullmatch(line.text)):
            level = {"emergency": "critical", "error": "major"}.get(match["level"].lower(), match["level"].lower())
            alarms.append(_alarm(line.number, match["seq"], "-", None, level, match["time"], match["text"]))
        elif alarms and not re.match(r"\s?\d+\s+[A-Z][a-z]+\s+\d{4}-", line.text):
            # The text goes on at column 43, behind just as many blanks as a pager leaves: they may be gone.
            alarms[-1]["text"] = (alarms[-1]["text"] + line.text.strip())[:300]
        else:
            fail(line, "a row of the alarm table")
    if not alarms or not is_ruler(found[-1].text):
        raise Unparsed("the alarm table is empty or cut short")
    return alarms


def _alarm(line: int, seq: str, ident: str, name: str | None, level: str, time: str, text: str) -> dict[str, Any]:
    return {
        "sequence": seq, "id": ident.lower(), "name": name or None, "severity": level, "time": time.strip(),
        "text": " ".join(text.split())[:300], "_line": line,
    }  # fmt: skip
