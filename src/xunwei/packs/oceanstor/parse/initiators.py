"""`GET fc_initiator` and `GET iscsi_initiator`.

Sample: {"ID": "2100001b32lab001", "HEALTHSTATUS": "1", "RUNNINGSTATUS": "27", "ISFREE": "false", "PARENTNAME": "host-db-1",
"TYPE": 223}
"""

from __future__ import annotations

from typing import Any

from xunwei.packs.oceanstor.objects import objects
from xunwei.packs.rest import Book, Json, distinct, told, word
from xunwei.parse import Unparsed

FLAGS = {"true": True, "false": False}
KINDS = (("fc_initiator", 223), ("iscsi_initiator", 222))


def parse(raw: str) -> dict[str, Any]:
    """Initiators of both kinds, of those the array has. Raises Unparsed."""
    there = {path.partition("?")[0].rpartition("/")[2] for path in Book(raw).data}
    found: list[Json] = []
    for name, kind in KINDS:
        if name in there:
            found += objects(raw, name, kind, _initiator)
    if not there & {name for name, _ in KINDS}:
        raise Unparsed("no answer about initiators")
    return {"initiators": distinct(found)}


def _initiator(body: Json) -> Json:
    return {
        "name": told(body, "ID"),
        "host": word(body, "PARENTNAME"),
        "free": FLAGS.get(word(body, "ISFREE") or ""),
    }
