"""`/redfish/v1/Managers/*` with its clock, and whether it takes the time from a server (`NtpService`, `NTP`).

Sample (iBMC; DSP0268 Manager): {"@odata.type": "#Manager.v1_3_0.Manager", "Id": "1", "ManagerType": "BMC", "Model":
"iBMC", "FirmwareVersion": "2.94", "DateTime": "2026-03-02T15:09:03+08:00", "DateTimeLocalOffset": "Asia/Shanghai",
"Status": {"State": "Enabled", "Health": "OK"}, "@xunwei.received": 1772435339.4}

The collector notes when the answer was received (epoch seconds), so the clock is judged at that moment.
"""

from __future__ import annotations

import re
from typing import Any

from xunwei.packs.redfish.resources import (
    RECEIVED,
    Book,
    Json,
    Resource,
    at,
    distinct,
    epoch,
    flag,
    health,
    number,
    record,
    state,
    text,
)

_KINDS = ("Manager", "ManagerNetworkProtocol", "HwNtpService", "NtpService")


def parse(raw: str) -> dict[str, Any]:
    """Facts of each manager; version: the firmware of the only one. Raises Unparsed."""
    book = Book(raw).only(*_KINDS)
    lost = [r for r in book.unread() if not re.search(r"/(NtpService|NetworkProtocol)/?$", r.path)]
    found = sorted([*book.of("Manager"), *lost], key=lambda r: r.path)
    managers = distinct([_manager(r, book) for r in found])
    return {"managers": managers, "version": managers[0]["firmware"] if len(managers) == 1 else None}


def _manager(resource: Resource, book: Book) -> Json:
    body = resource.body
    offset = text(body, "DateTimeLocalOffset") or ""
    told = text(body, "DateTime")
    clock = epoch(told, offset if re.fullmatch(r"[+-]\d\d:\d\d", offset) else None)
    received = number(body, RECEIVED)
    facts = {
        "name": text(body, "Id") or resource.last,
        "type": text(body, "ManagerType"),
        "model": text(body, "Model"),
        "firmware": text(body, "FirmwareVersion"),
        "time": clock,
        "offset_seconds": round(clock - received, 1) if clock is not None and received is not None else None,
        "ntp": _ntp(resource.path, book),
        "state": state(body),
        "health": health(body),
    }
    return at(facts, resource.line)


def _ntp(path: str, book: Book) -> bool | None:
    """Whether this manager asks a time server: the vendor's service, else the standard's NTP block."""
    for resource in book.of("HwNtpService", "NtpService"):
        if resource.path.startswith(f"{path.rstrip('/')}/"):
            return flag(resource.body, "ServiceEnabled")
    for resource in book.of("ManagerNetworkProtocol"):
        if resource.path.startswith(f"{path.rstrip('/')}/"):
            return flag(record(resource.body, "NTP"), "ProtocolEnabled")
    return None
