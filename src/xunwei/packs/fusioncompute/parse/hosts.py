"""`GET <site>/hosts`. Status: normal, fault, unknow (so spelt), rebooting, poweroff, booting, shutdowning.

Sample: {"total": 2, "hosts": [{"urn": "urn:sites:4A5B06C7:hosts:171", "name": "cna-1", "ip": "192.0.2.51", "status":
"normal", "isMaintaining": false, "clusterName": "cluster-biz", "cpuQuantity": 32, "memQuantityMB": 262144}]}
"""

from __future__ import annotations

from typing import Any

from xunwei.packs.fusioncompute.vrm import below, setting
from xunwei.packs.rest import Book, Item, Json, at, count, distinct, told, word
from xunwei.parse import Unparsed


def parse(raw: str) -> dict[str, Any]:
    """Hosts, and how many of each cluster work. Raises Unparsed."""
    found = distinct([_host(item) for item in below(Book(raw), "hosts", "hosts")])
    if not found:
        raise Unparsed("no host in the answer")
    names = sorted({h["cluster"] for h in found if h["cluster"]})
    clusters = []
    for name in names:
        members = [h for h in found if h["cluster"] == name]
        working = sum(h["status"] == "normal" and not h["maintaining"] for h in members)
        clusters.append({"name": name, "hosts": len(members), "working": working})
    return {"hosts": found, "clusters": clusters}


def _host(item: Item) -> Json:
    body = item.body
    facts = {
        "name": told(body, "name"),
        "status": told(body, "status"),
        "maintaining": setting(body, "isMaintaining"),
        "cluster": word(body, "clusterName"),
        "ip": word(body, "ip"),
        "cpus": count(body, "cpuQuantity"),
        "memory_mib": count(body, "memQuantityMB"),
    }
    return at(facts, item.line("status"))
