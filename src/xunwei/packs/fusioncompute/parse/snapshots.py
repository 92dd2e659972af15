"""`GET <vm>/snapshots`: a tree for each virtual machine.

Sample: {"currentSnapshot": {}, "rootSnapshots": [{"urn": "urn:sites:4A5B06C7:vms:i-00000101:snapshots:1", "name": "before-patch",
"createTime": "2026-11-20 02:00:00", "status": "ready", "type": "normal", "childSnapshots": []}]}
"""

from __future__ import annotations

from typing import Any

from xunwei.packs.fusioncompute.vrm import SITE, below, local
from xunwei.packs.rest import Book, Item, Json, at, distinct, told, word
from xunwei.parse import Unparsed


def parse(raw: str) -> dict[str, Any]:
    """Snapshots of all virtual machines, and their number of each. Raises Unparsed."""
    book = Book(raw)
    found: list[Json] = []
    per_vm: list[Json] = []
    for machine in below(book, "vms", "vms"):
        name, place = told(machine.body, "name"), f"{told(machine.body, 'uri')}/snapshots"
        if place not in book.data:
            raise Unparsed(f"the snapshots of {name} were not read")
        own: list[Json] = []
        for item in book.items(f"{SITE}/vms/[^/]+/snapshots", "rootSnapshots", may_lack=True):
            if item.path == place:
                own += _tree(item, item.body, name, 0)
        found += own
        if own:
            per_vm.append({"name": name, "count": len(own)})
    return {"snapshots": distinct(found), "per_vm": distinct(per_vm)}


def _tree(item: Item, body: Json, vm: str, depth: int) -> list[Json]:
    if depth > 64:
        raise Unparsed("snapshots nested too deep")
    facts = {
        "name": f"{vm}/{told(body, 'name')}",
        "vm": vm,
        "created": local(body, "createTime"),
        "status": word(body, "status"),
    }
    children = body.get("childSnapshots") or []
    if not isinstance(children, list) or not all(isinstance(c, dict) for c in children):
        raise Unparsed("childSnapshots is not a list of objects")
    line = item.line("createTime") if depth == 0 else item.line("childSnapshots")
    return [at(facts, line), *(found for child in children for found in _tree(item, child, vm, depth + 1))]
