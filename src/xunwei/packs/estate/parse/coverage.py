"""What became of every asset: `{"asset": …, "class": …, "state": "complete", "reason": ""}`, a line each."""

from __future__ import annotations

from xunwei.model import Facts
from xunwei.packs.estate.parse.rows import rows


def parse(text: str) -> Facts:
    """{items: [{asset, class, state, reason}]}."""
    names = ("asset", "class", "state", "reason")
    return {"items": [{**{k: row[k] for k in names}, "_line": n} for n, row in rows(text, *names)]}
