"""`GET <site>/vms`. Status: running, stopped, unknown, hibernated, pause, creating, migrating, starting … pvDriverStatus: running,
starting, notRunning, stopping.

Sample: {"total": 2, "vms": [{"urn": "urn:sites:4A5B06C7:vms:i-00000101", "uri": "/service/sites/4A5B06C7/vms/i-00000101",
"name": "vm-app-1", "status": "running", "pvDriverStatus": "running", "toolsVersion": "3.0.0.15", "hostName": "cna-1",
"clusterName": "cluster-biz", "isTemplate": false}]}
"""

from __future__ import annotations

from typing import Any

from xunwei.packs.fusioncompute.vrm import below, setting
from xunwei.packs.rest import Book, Item, Json, at, distinct, told, word


def parse(raw: str) -> dict[str, Any]:
    """Virtual machines without templates. Raises Unparsed."""
    machines = [i for i in below(Book(raw), "vms", "vms") if not setting(i.body, "isTemplate")]
    return {"vms": distinct([_vm(item) for item in machines]), "count": len(machines)}


def _vm(item: Item) -> Json:
    body = item.body
    facts = {
        "name": told(body, "name"),
        "status": told(body, "status"),
        "tools": word(body, "pvDriverStatus"),
        "tools_version": word(body, "toolsVersion"),
        "host": word(body, "hostName"),
        "cluster": word(body, "clusterName"),
    }
    return at(facts, item.line("status"))
