"""`ceph config dump -f json-pretty`: what differs from the defaults.

[{"section": "mon", "name": "auth_allow_insecure_global_id_reclaim", "value": "false", "level": "advanced", …}]
"""

from __future__ import annotations

from typing import Any

from xunwei.packs.ceph.answers import get, load, numbered
from xunwei.parse.text import Unparsed


def parse(text: str) -> dict[str, Any]:
    """{options}."""
    data = load(text)
    if not isinstance(data, list):
        raise Unparsed("not a list of options")
    rows = [{name: get(entry, name, str) for name in ("section", "name", "value")} for entry in data]
    return {"options": numbered(rows, text, "name")}
