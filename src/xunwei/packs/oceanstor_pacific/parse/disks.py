"""`GET /dsware/service/cluster/diskpool/queryNodeDiskInfo`, once for each disk pool. diskExist 0 there, 1 empty slot; diskStatus 0
healthy, 1 faulty, 2 sub-healthy, 101 removed from the pool; remainingLife in hours, 0 and below: not told.

Sample: {"result": 0, "nodeInfo": [{"nodeName": "node-1", "nodeQueryResult": 0, "mediaInfo": [{"diskExist": 0, "diskSn":
"LAB0001", "slotDesc": "0-1", "diskStatus": 0, "diskType": "sata_disk", "diskRole": "main_storage", "remainingLife": 0,
"mediaCapacityForByte": 8001563222016}], "errorCode": 0}]}
"""

from __future__ import annotations

from typing import Any

from xunwei.packs.oceanstor_pacific.cluster import checked
from xunwei.packs.rest import Book, Item, Json, at, count, distinct, told, word
from xunwei.parse import Unparsed

STATES = {"0": "healthy", "1": "faulty", "2": "sub-healthy", "101": "removed from the pool"}
POOLS = "/api/v2/data_service/diskpool"
PATH = "/dsware/service/cluster/diskpool/queryNodeDiskInfo"


def parse(raw: str) -> dict[str, Any]:
    """Disks of all nodes, each once though it may serve several pools. Raises Unparsed."""
    book = checked(checked(Book(raw), POOLS), PATH)
    found: dict[tuple[str, str], Json] = {}
    whole = True
    for node in book.items(PATH, "nodeInfo"):
        name = word(node.body, "nodeName") or told(node.body, "nodeMgrIp")
        whole = whole and word(node.body, "nodeQueryResult") == "0"
        for disk in _media(node):
            if word(disk.body, "diskExist") == "1":
                continue
            facts = _disk(disk, name)
            found.setdefault((name, facts["serial"] or facts["name"]), facts)
    if not found:
        raise Unparsed("no disk in the answer")
    return {"disks": distinct(list(found.values())), "nodes_read": whole}


def _media(node: Item) -> list[Item]:
    rows = node.body.get("mediaInfo") or []
    if not isinstance(rows, list) or not all(isinstance(r, dict) for r in rows):
        raise Unparsed("mediaInfo is not a list of objects")
    return [Item(r, node.path, (*node.place, "mediaInfo", i), node.book) for i, r in enumerate(rows)]


def _disk(item: Item, node: str) -> Json:
    body = item.body
    hours = count(body, "remainingLife")
    facts = {
        "name": f"{node} {word(body, 'slotDesc') or told(body, 'diskSn')}",
        "status": STATES.get(word(body, "diskStatus") or ""),
        "node": node,
        "serial": word(body, "diskSn"),
        "type": word(body, "diskType"),
        "role": word(body, "diskRole"),
        "capacity_bytes": count(body, "mediaCapacityForByte"),
        "life_days": hours // 24 if hours else None,
    }
    return at(facts, item.line("diskStatus"))
