"""Idle time-out and history settings in the shells' start-up files; of a line only the setting itself is printed.

    == settings
    /etc/profile: TMOUT=300
    /etc/profile: readonly TMOUT
    /etc/profile: HISTSIZE=1000
    == end

With several values the weakest counts: 0 (off) before the longest. A value that is not a number is not understood.
"""

from __future__ import annotations

import re
from typing import Any

from xunwei.packs.linux.parts import Parts
from xunwei.parse import Unparsed

_LINE = re.compile(r"(/\S+): (?:(readonly TMOUT)|([A-Z]+)=(.*))")
_KNOWN = ("TMOUT", "HISTSIZE", "HISTFILESIZE", "HISTTIMEFORMAT")


def parse(text: str) -> dict[str, Any]:
    """Facts: `tmout` seconds (0 when not set, null when not a number), `readonly`, history. Raises Unparsed."""
    values: dict[str, list[tuple[str, int]]] = {}
    readonly = False
    part = Parts(text).one("settings").whole()
    for n, line in part.lines:
        match = _LINE.fullmatch(line)
        if match is None or (match[3] and match[3] not in _KNOWN):
            raise Unparsed(f"line {n} is not a setting of the shell: {line[:60]!r}")
        if match[2]:
            readonly = True
        else:
            values.setdefault(match[3], []).append((match[4].strip("\"'"), n))
    return {
        "tmout": _weakest(values.get("TMOUT", [])),
        "readonly": readonly,
        "histsize": _weakest(values.get("HISTSIZE", [])),
        "histtimeformat": any(v for v, _ in values.get("HISTTIMEFORMAT", [])),
        "_lines": {
            "tmout": values["TMOUT"][0][1] if "TMOUT" in values else part.line,
            "readonly": part.line,
            "histtimeformat": part.line,
        },
    }


def _weakest(entries: list[tuple[str, int]]) -> int | None:
    numbers = []
    for value, _ in entries:
        if not re.fullmatch(r"[0-9]{1,9}", value):
            return None
        numbers.append(int(value))
    if not numbers or 0 in numbers:
        return 0
    return max(numbers)
