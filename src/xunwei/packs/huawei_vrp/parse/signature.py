"""`display version ips-sdb`, `av-sdb` and `sa-sdb`: signature databases of a USG.

    IPS SDB Update Information List:
    ----------------------------------------------------------------
      Current Version:
        Signature Database Version    : 2026112000
        Signature Database Size(byte) : 2659122
        Update Time                   : 18:05:29 2026/11/21
        Issue Time of the Update File : 10:45:11 2026/11/20

      Backup Version:
        Signature Database Version    : 2026110600
        …

Written after USG6000 manuals, no licensed recording exists. Any other wording is Unparsed.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from xunwei.packs.huawei_vrp.vrp import Line, body, fail, is_ruler
from xunwei.parse import Unparsed

_HEAD = re.compile(r"\s*(?P<name>[A-Z][A-Z\-]*)[ -]SDB Update Information List\s*:\s*", re.IGNORECASE)
_PART = re.compile(r"\s*(Current|Backup|Default|Factory) Version\s*:\s*", re.IGNORECASE)
_PAIR = re.compile(
    r"\s*(Signature Database Version|Update Time|Issue Time of the Update File|Signature Database Size\s?\(byte\))"
    r"\s*:\s*(\S.*?)?\s*",
    re.IGNORECASE,
)
_TIME = re.compile(r"(\d{2}:\d{2}:\d{2}) (\d{4})/(\d{2})/(\d{2})")


def parse(text: str) -> dict[str, Any]:
    """Facts of `signature`: one database per command answered; dates as ISO dates, null = never updated."""
    databases: list[dict[str, Any]] = []
    current = False
    for line in body(text):
        if match := _HEAD.fullmatch(line.text):
            databases.append(
                {"name": match["name"].lower(), "version": None, "updated": None, "issued": None, "_line": line.number}
            )
            current = False
        elif is_ruler(line.text):
            continue
        elif match := _PART.fullmatch(line.text):
            current = match.group(1).lower() == "current"
        elif databases and (match := _PAIR.fullmatch(line.text)):
            if current:
                _set(databases[-1], match.group(1).lower(), match.group(2) or "", line)
        else:
            fail(line, "a property of a signature database")
    for database in databases:
        if database["version"] is None:
            raise Unparsed(f"version of the {database['name']} signature database not found")
    if not databases:
        raise Unparsed("no signature database found")
    return {"databases": databases}


def _set(database: dict[str, Any], key: str, value: str, line: Line) -> None:
    if key == "signature database version":
        database["version"], database["_line"] = value, line.number
    elif key in ("update time", "issue time of the update file"):
        database["updated" if key == "update time" else "issued"] = _date(line, value)


def _date(line: Line, word: str) -> str | None:
    if word in ("", "-", "--", "00:00:00 0000/00/00"):
        return None
    match = _TIME.fullmatch(word)
    try:
        if match is None:
            raise ValueError
        return date(*(int(g) for g in match.groups()[1:])).isoformat()
    except ValueError:
        fail(line, "a time and a date")
