"""What the parsers of this pack need beyond those of IOS: RGOS tables whose columns are named differently from model to model.

Sources: Ruijie RGOS 10 and 11 command references and configuration guides; no recording of a real device.
"""

from __future__ import annotations

import re

from xunwei.packs.cisco_ios import iosconfig
from xunwei.packs.cisco_ios.ios import Line, rule_line
from xunwei.parse.text import Unparsed

_LONG = {
    "Gi": "GigabitEthernet",
    "Te": "TenGigabitEthernet",
    "Fa": "FastEthernet",
    "Fo": "FortyGigabitEthernet",
    "TF": "TFGigabitEthernet",
    "Hu": "HundredGigabitEthernet",
    "Ag": "AggregatePort",
}


def long_name(short: str) -> str:
    """`Te0/49` as `TenGigabitEthernet 0/49`; Unparsed for an unknown short name."""
    match = re.fullmatch(r"([A-Z][A-Za-z])\s?(\d[\d/]*)", short.strip())
    if match is None or match[1] not in _LONG:
        raise Unparsed(f"not a short interface name: {short[:40]!r}")
    return f"{_LONG[match[1]]} {match[2]}"


def rows(lines: list[Line], *wanted: str) -> list[tuple[int, dict[str, str]]]:
    """[(line number, {column: word})] of a table whose header has all `wanted` columns (lower case, without units).

    Columns are parted by two blanks at least. A line below the header with another number of columns is Unparsed.
    """
    names: list[str] = []
    found: list[tuple[int, dict[str, str]]] = []
    for number, line in lines:
        cells = [cell.strip() for cell in re.split(r"\s{2,}", line.strip())]
        if rule_line(line):
            continue
        if not names:
            here = [re.sub(r"\(.*?\)", "", cell).strip().lower() for cell in cells]
            if set(wanted) <= set(here):
                names = here
                continue
            raise Unparsed(f"line {number} is not the header of the table: {line.strip()[:60]!r}")
        if len(cells) != len(names):
            raise Unparsed(f"line {number} has {len(cells)} columns, the header {len(names)}: {line.strip()[:60]!r}")
        found.append((number, dict(zip(names, cells, strict=True))))
    if not found:
        raise Unparsed("no row in the table")
    return found


def read_config(text: str) -> iosconfig.Config:
    """An RGOS configuration. Raises Unparsed for one that is cut off, or that says it is of another system."""
    config = iosconfig.read(text)
    version = config.all(r"version (?:\S*RGOS )?\d+\.\S+.*")
    ours = config.has(r"(?:no )?enable service \S+.*|.*\bRuijie\b.*")
    if not version or not ("RGOS" in version[0][0] or ours):
        raise Unparsed("no line `version … RGOS …`: not an RGOS configuration")
    return config
