"""`GET fan`. RUNLEVEL 0 low, 1 normal, 2 high.

Sample: {"ID": "0.0", "NAME": "FAN 0", "LOCATION": "CTE0.FAN 0", "HEALTHSTATUS": "1", "RUNNINGSTATUS": "2", "RUNLEVEL": "1",
"TYPE": 211}
"""

from __future__ import annotations

from typing import Any

from xunwei.packs.oceanstor.objects import objects
from xunwei.packs.rest import Json, word

LEVELS = {"0": "low", "1": "normal", "2": "high"}


def parse(raw: str) -> dict[str, Any]:
    """Fans. Raises Unparsed."""
    return {"fans": objects(raw, "fan", 211, _fan, must=True)}


def _fan(body: Json) -> Json:
    return {"level": LEVELS.get(word(body, "RUNLEVEL") or "")}
