"""Boot settings: `Boot` of `/redfish/v1/Systems/*`, and `SecureBoot`.

Sample (iBMC; DSP0268 ComputerSystem): "Boot": {"BootSourceOverrideTarget": "None", "BootSourceOverrideEnabled":
"Disabled", "BootSourceOverrideMode": "Legacy"}, "Oem": {"Huawei": {"BootupSequence": ["Hdd", "Cd", "Pxe", "Others"]}}
"""

from __future__ import annotations

from typing import Any

from xunwei.packs.redfish.resources import Book, Json, Resource, at, distinct, flag, record, text, vendor, words


def parse(raw: str) -> dict[str, Any]:
    """Boot override, order and secure boot of each system. Raises Unparsed."""
    book = Book(raw).only("ComputerSystem", "SecureBoot")
    lost = [r for r in book.unread() if not r.path.rstrip("/").endswith("/SecureBoot")]
    found = sorted([*book.of("ComputerSystem"), *lost], key=lambda r: r.path)
    return {"systems": distinct([_system(r, book) for r in found])}


def _system(resource: Resource, book: Book) -> Json:
    boot = record(resource.body, "Boot")
    secure = [r for r in book.of("SecureBoot") if r.path.startswith(f"{resource.path.rstrip('/')}/")]
    order = words(boot, "BootOrder") or words(vendor(resource.body), "BootupSequence")
    facts = {
        "name": text(resource.body, "Id") or resource.last,
        "override": text(boot, "BootSourceOverrideEnabled"),
        "override_target": text(boot, "BootSourceOverrideTarget"),
        "mode": text(boot, "BootSourceOverrideMode"),
        "order": order or [],
        "secure_boot": flag(secure[0].body, "SecureBootEnable") if secure else None,
    }
    return at(facts, book.line(resource.path, "Boot") or resource.line)
