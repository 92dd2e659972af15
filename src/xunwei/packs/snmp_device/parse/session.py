"""How this SNMP session is protected: told by the collector itself.

Sample: `version=3`, `level=authPriv`, `auth=SHA-1`, `priv=AES-128`; for v1 and v2c `well_known_community=no`,
`short_community=no`.
"""

from __future__ import annotations

from typing import Any

from xunwei.parse import Unparsed
from xunwei.parse.text import keyvals

VERSIONS = ("1", "2c", "3")
LEVELS = ("noAuthNoPriv", "authNoPriv", "authPriv")


def parse(raw: str) -> dict[str, Any]:
    """Version, level and algorithms. Raises Unparsed for words the collector does not use."""
    found = keyvals(raw)
    plain = {key: value for key, (value, _) in found.items()}
    if plain.get("version") not in VERSIONS or plain.get("level") not in LEVELS:
        raise Unparsed("no known version and level of SNMP")
    return {
        "version": plain["version"],
        "level": plain["level"],
        "auth": plain.get("auth"),
        "priv": plain.get("priv"),
        "well_known_community": _yes(plain.get("well_known_community")),
        "short_community": _yes(plain.get("short_community")),
        "_lines": {key: line for key, (_, line) in found.items()},
    }


def _yes(word: str | None) -> bool | None:
    if word not in (None, "yes", "no"):
        raise Unparsed(f"neither yes nor no: {word!r}")
    return None if word is None else word == "yes"
