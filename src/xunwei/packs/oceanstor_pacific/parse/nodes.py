"""`GET /api/v2/cluster/servers`. oam_agent_status -1 not monitored, 0 healthy, 1 faulty; warranty_status 0 not a storage node,
1 in warranty, 2 about to end, 3 ended, 4 not known.

Sample: {"data": [{"id": 1, "name": "node-1", "in_cluster": true, "running_status": "online", "management_ip": "192.0.2.81",
"model": "OceanStor Pacific", "software_version": "8.2.0", "oam_agent_status": 0, "warranty_status": 1}], "result": {"code": 0}}
"""

from __future__ import annotations

from typing import Any

from xunwei.packs.oceanstor_pacific.cluster import checked
from xunwei.packs.rest import Book, Item, Json, at, distinct, flag, told, word
from xunwei.parse import Unparsed

AGENT = {"-1": "not monitored", "0": "healthy", "1": "faulty"}
WARRANTY = {"0": "none", "1": "in warranty", "2": "about to end", "3": "ended"}


def parse(raw: str) -> dict[str, Any]:
    """Nodes of the cluster. Raises Unparsed."""
    book = checked(Book(raw), "/api/v2/cluster/servers")
    items = [i for i in book.items("/api/v2/cluster/servers", "data") if flag(i.body, "in_cluster") or _untold(i)]
    found = distinct([_node(item) for item in items])
    if not found:
        raise Unparsed("no node of the cluster in the answer")
    versions = sorted({n["version"] for n in found if n["version"]})
    return {
        "nodes": found,
        "count": len(found),
        "versions": versions,
        "version": versions[0] if len(versions) == 1 else None,
        "model": word(items[0].body, "model"),
    }


def _untold(item: Item) -> bool:
    return "in_cluster" not in item.body


def _node(item: Item) -> Json:
    body = item.body
    running, error = (word(body, "running_status") or "").lower(), word(body, "error_code")
    facts = {
        "name": told(body, "name"),
        "running": running or None,
        "agent": AGENT.get(word(body, "oam_agent_status") or ""),
        "error": None if error in (None, "0") else error,
        "ip": word(body, "management_ip"),
        "version": word(body, "software_version"),
        "warranty": WARRANTY.get(word(body, "warranty_status") or ""),
    }
    return at(facts, item.line("running_status"))
