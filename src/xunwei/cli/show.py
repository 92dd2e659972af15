"""How commands print: JSON for programs, a plain table for people."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Sequence
from typing import Any


def out(text: str) -> None:
    """One line on standard output."""
    print(text)


def note(text: str) -> None:
    """One line on standard error: progress and remarks, never data."""
    print(text, file=sys.stderr, flush=True)


def as_json(data: Any) -> None:
    """Data as one JSON document on standard output."""
    out(json.dumps(data, ensure_ascii=False, indent=1, default=str))


def table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Columns aligned for a terminal, also with wide characters; nothing is cut, so that output can be piped."""
    cells = [[str(c) for c in row] for row in rows]
    widths = [max([width(h), *(width(r[i]) for r in cells)]) for i, h in enumerate(head)]
    for row in (list(head), *cells):
        line = "  ".join(c + " " * (w - width(c)) for c, w in zip(row, widths, strict=True))
        out(line.rstrip())


def width(text: str) -> int:
    """Columns a text takes on a terminal: East Asian wide characters take two."""
    from unicodedata import east_asian_width

    return sum(2 if east_asian_width(c) in "WF" else 1 for c in text)
