"""`display hrp configuration check all`: whether both firewalls of a pair are configured alike.

    Module                State     Start-time           End-time             Result
    security-policy       finish    2026/11/25 09:05:10  2026/11/25 09:05:12  same configuration
    nat-policy            finish    2026/11/25 09:05:10  2026/11/25 09:05:12  different configuration

Written after the USG6000 manuals (the pair checks itself every 24 hours); no licensed recording exists.
"""

from __future__ import annotations

import re
from typing import Any

from xunwei.packs.huawei_vrp.vrp import body, fail, is_ruler, says
from xunwei.parse import Unparsed

_OFF = (r"hrp (?:function )?is (?:not enabled|disabled)",)
_HEAD = re.compile(r"\s*Module\s+State\s+Start-?time\s+End-?time\s+Result\s*", re.IGNORECASE)
_TIME = r"(?:\d{4}[/-]\d{2}[/-]\d{2} \d{2}:\d{2}:\d{2}|-+)"
_ROW = re.compile(
    rf"\s*(?P<name>[a-z][\w\-]*)\s+(?P<state>[a-z]+(?: [a-z]+)?)\s+{_TIME}\s+{_TIME}\s+"
    r"(?P<result>(?:same|different)(?: configuration)?|-+)\s*",
    re.IGNORECASE,
)


def parse(text: str) -> dict[str, Any]:
    """Facts of `hrp_check`: `same` null where the check has no result yet."""
    found = body(text, benign=_OFF)
    if len(found) == 1 and says(found, *_OFF):
        return {"modules": []}
    modules: list[dict[str, Any]] = []
    header = False
    for line in found:
        if _HEAD.fullmatch(line.text):
            header = True
            continue
        if is_ruler(line.text):
            continue
        match = _ROW.fullmatch(line.text) if header else None
        if match is None:
            fail(line, "a checked module")
        word = match["result"].lower()
        finished = match["state"].lower() in ("finish", "finished")
        modules.append(
            {
                "name": match["name"].lower(),
                "finished": finished,
                "same": None if word.startswith("-") or not finished else word.startswith("same"),
                "_line": line.number,
            }
        )
    if not modules:
        raise Unparsed("no module in the table" if header else "table header not found")
    return {"modules": modules}
