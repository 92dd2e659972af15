"""Which services the management port offers: `Managers/*/NetworkProtocol`, iBMC's `SnmpService`, `CommandShell`.

Sample (iBMC, form by the vendor's cmdlets and Redfish API manual; DSP0268 ManagerNetworkProtocol):

    {"@odata.type": "#ManagerNetworkProtocol.v1_0_2.ManagerNetworkProtocol",
     "HTTP": {"ProtocolEnabled": true, "Port": 80}, "SNMP": {"ProtocolEnabled": true, "Port": 161},
     "IPMI": {"ProtocolEnabled": true, "Port": 623}, "Oem": {"Huawei": {"VNC": {"ProtocolEnabled": false}}}}
    {"@odata.type": "#HwSnmpService.v1_0_0.HwSnmpService", "SnmpV1Enabled": false, "SnmpV2CEnabled": true}

A service that is not spoken of is null, not off. Redfish tells IPMI on or off, not its version.
"""

from __future__ import annotations

from typing import Any

from xunwei.packs.redfish.resources import Book, Json, Resource, at, distinct, flag, record, vendor, words
from xunwei.parse import Unparsed

_KINDS = ("ManagerNetworkProtocol", "Manager", "HwSnmpService", "SnmpService")


def parse(raw: str) -> dict[str, Any]:
    """Services of each manager. Raises Unparsed."""
    book = Book(raw).only(*_KINDS)
    protocols = book.of("ManagerNetworkProtocol")
    if not protocols:
        why = next((f"{r.path}: {r.failed}" for r in book.unread()), "no NetworkProtocol in the answer")
        raise Unparsed(why)
    return {"managers": distinct([_services(r, book) for r in protocols])}


def _services(resource: Resource, book: Book) -> Json:
    body = resource.body
    base = resource.path.rstrip("/").rpartition("/")[0]
    snmp = _enabled(body, "SNMP")
    service = next((r.body for r in book.of("HwSnmpService", "SnmpService") if r.path.startswith(f"{base}/")), {})
    facts = {
        "name": base.rpartition("/")[2],
        "http": _enabled(body, "HTTP"),
        "https": _enabled(body, "HTTPS"),
        "ssh": _enabled(body, "SSH"),
        "telnet": _telnet(body, next((r.body for r in book.of("Manager") if r.path.rstrip("/") == base), {})),
        "ipmi": _enabled(body, "IPMI"),
        "snmp": snmp,
        "snmp_v1": _snmp(snmp, body, "EnableSNMPv1", service, "SnmpV1Enabled"),
        "snmp_v2c": _snmp(snmp, body, "EnableSNMPv2c", service, "SnmpV2CEnabled"),
        "snmp_v3": _snmp(snmp, body, "EnableSNMPv3", service, "SnmpV3Enabled"),
        "vnc": _enabled(vendor(body), "VNC"),
        "kvm": _enabled(body, "KVMIP"),
        "virtual_media": _enabled(body, "VirtualMedia"),
        "ssdp": _enabled(body, "SSDP"),
    }
    return at(facts, resource.line)


def _enabled(body: Json, name: str) -> bool | None:
    return flag(record(body, name), "ProtocolEnabled")


def _snmp(on: bool | None, body: Json, standard: str, service: Json, own: str) -> bool | None:
    """One SNMP version: off when SNMP is off, else what the standard's or the vendor's block says."""
    if on is False:
        return False
    told = flag(record(body, "SNMP"), standard)
    return told if told is not None else flag(service, own)


def _telnet(body: Json, manager: Json) -> bool | None:
    """Telnet by NetworkProtocol, else by what the manager's command shell can be reached with."""
    told = _enabled(body, "Telnet")
    if told is not None:
        return told
    shell = record(manager, "CommandShell")
    if flag(shell, "ServiceEnabled") is False:
        return False
    ways = words(shell, "ConnectTypesSupported")
    return False if ways is not None and "Telnet" not in ways else None
