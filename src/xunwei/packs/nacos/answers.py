"""What curl brought from Nacos: JSON, then a line `== http CODE`. From 2.x the data may lie in an envelope {code, message, data}."""

from __future__ import annotations

import json
import re
from typing import Any

from xunwei.parse import Unparsed


def body(text: str) -> Any:
    """The data of an answer with HTTP 200. Raises Unparsed."""
    match = re.fullmatch(r"(.*)\n== http (\d{3})\s*", text, re.DOTALL)
    if match is None:
        raise Unparsed("the answer is cut off: its HTTP code is missing")
    if match[2] != "200":
        raise Unparsed(f"HTTP {match[2]}: {match[1].strip()[:80]!r}")
    return data(match[1])


def data(text: str) -> Any:
    """The JSON, out of its envelope. Raises Unparsed."""
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        raise Unparsed(f"not JSON: {text.strip()[:60]!r}") from None
    if isinstance(found, dict) and {"code", "data"} <= set(found):
        if found["code"] not in (0, 200):
            raise Unparsed(f"Nacos said code {found['code']}")
        return found["data"]
    return found


def whole(value: Any) -> int | None:
    """A whole number, None for anything else."""
    return value if isinstance(value, int) and not isinstance(value, bool) else None
