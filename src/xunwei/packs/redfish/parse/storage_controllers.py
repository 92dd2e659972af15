"""Storage controllers: `Systems/*/Storage/*` (iBMC: `Storages`), their `Controllers/*`, or `SimpleStorage/*`.

Sample (iBMC; DSP0268 Storage): {"@odata.type": "#Storage.v1_1_0.Storage", "Id": "RAIDStorage0",
"StorageControllers": [{"MemberId": "0", "Name": "RAID Card1 Controller", "FirmwareVersion": "4.680.00-8290",
"Model": "SAS3108", "Status": {"State": "Enabled", "Health": "OK"}, "Oem": {"Huawei": {"Mode": "RAID",
"CapacitanceName": "…", "CapacitanceStatus": {"State": "Enabled", "Health": "OK"}}}}]}
"""

from __future__ import annotations

from typing import Any

from xunwei.packs.redfish.resources import Book, Json, at, distinct, health, label, record, state, text, vendor

_KINDS = ("Storage", "SimpleStorage", "StorageController")


def parse(raw: str) -> dict[str, Any]:
    """Controllers and the batteries (or capacitors) of their caches. Raises Unparsed."""
    book = Book(raw).only(*_KINDS)
    bodies: list[tuple[Json, int | None, str]] = []
    for storage in book.of("Storage"):
        embedded = list(book.embedded(storage, "StorageControllers"))
        bodies += [(entry, line, storage.last) for entry, line in embedded]
        if not embedded and not record(storage.body, "Controllers"):
            bodies.append((storage.body, storage.line, storage.last))
    bodies += [(r.body, r.line, r.last) for r in (*book.of("SimpleStorage", "StorageController"), *book.unread())]
    return {
        "controllers": distinct([_controller(*entry) for entry in bodies]),
        "batteries": distinct([found for entry in bodies if (found := _battery(*entry)) is not None]),
    }


def _controller(body: Json, line: int | None, fallback: str) -> Json:
    facts = {
        "name": label(body, fallback),
        "model": text(body, "Model"),
        "firmware": text(body, "FirmwareVersion"),
        "mode": text(vendor(body), "Mode"),
        "state": state(body),
        "health": health(body),
    }
    return at(facts, line)


def _battery(body: Json, line: int | None, fallback: str) -> Json | None:
    own = vendor(body)
    status = record(own, "CapacitanceStatus")
    if not status or text(status, "State") == "Absent":
        return None
    wrapped = {"Status": status}
    name = f"{label(body, fallback)} {text(own, 'CapacitanceName') or 'cache battery'}"
    return at({"name": name, "state": state(wrapped), "health": health(wrapped)}, line)
