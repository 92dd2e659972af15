"""Declared against found: `{"asset": "sw-1", "word": "serial", "declared": "2102…", "found": "2102…"}`, a line each.

Case, blanks and the vendor's name before a model don't make a difference; a version is the same when the declared one
begins the found one at a full stop or blank (`V200R019C10` covers `V200R019C10SPC500`).
"""

from __future__ import annotations

import re
from typing import Any

from xunwei.model import Facts
from xunwei.packs.estate.parse.rows import rows

_VENDOR = re.compile(
    r"^(?:huawei|h3c|hpe?|ruijie|cisco|quidway|new h3c technologies co\., ltd\.?)[ _-]+", re.IGNORECASE
)


def parse(text: str) -> Facts:
    """{items: [{asset, word, declared, found, same}]}; `same` is null when nothing was found to compare."""
    return {"items": [_item(number, row) for number, row in rows(text, "asset", "word", "declared", "found")]}


def _item(number: int, row: dict[str, Any]) -> Facts:
    declared, found = str(row["declared"]), row["found"]
    same = None if found is None else _same(row["word"], declared, str(found))
    return {
        "asset": row["asset"], "word": row["word"], "declared": declared, "found": found, "same": same, "_line": number,
    }  # fmt: skip


def _same(word: str, declared: str, found: str) -> bool:
    said, seen = _plain(declared), _plain(found)
    if said == seen:
        return True
    if word == "version":
        return seen.startswith(said) and re.match(r"spc|[ .,(_-]|sph", seen[len(said) :]) is not None
    return word == "model" and re.search(rf"(?<![a-z0-9]){re.escape(said)}(?![a-z0-9])", seen) is not None


def _plain(text: str) -> str:
    return _VENDOR.sub("", re.sub(r"\s+", " ", text).strip()).casefold()
