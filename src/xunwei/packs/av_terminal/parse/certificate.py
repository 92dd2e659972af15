"""The certificate of the management page, as the probe saw it. Simulator:

subject=CN=te-1
not_after=2028-11-24T12:28:37Z
key=RSA 2048
trusted=yes
trust=fingerprint
"""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

from xunwei.parse import Unparsed
from xunwei.parse.text import keyvals

_KEYS = {"subject", "issuer", "not_before", "not_after", "key", "sha256", "tls", "trusted", "trust"}


def parse(text: str) -> dict[str, Any]:
    """All lines, once each. Raises Unparsed."""
    rows = keyvals(text)
    if set(rows) != _KEYS:
        raise Unparsed(f"lines missing or unknown: {', '.join(sorted(set(rows) ^ _KEYS))}")
    found: dict[str, Any] = {k: v for k, (v, _) in rows.items()}
    for name in ("not_before", "not_after"):
        try:
            dt.datetime.fromisoformat(found[name])
        except ValueError:
            raise Unparsed(f"{name} is not a time: {found[name][:40]!r}") from None
    if found["trusted"] not in ("yes", "no") or not re.fullmatch(r"[0-9a-f]{64}", found["sha256"]):
        raise Unparsed("trusted or sha256 is not what it should be")
    key = re.fullmatch(r"(\w+)(?: (\d{2,5}))?", found["key"])
    if key is None:
        raise Unparsed(f"key is {found['key'][:40]!r}")
    found |= {"trusted": found["trusted"] == "yes", "key": key[1], "key_bits": int(key[2]) if key[2] else None}
    return {**found, "_lines": {k: number for k, (_, number) in rows.items()}}
