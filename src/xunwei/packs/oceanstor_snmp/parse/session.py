"""How this SNMP session is protected, told by the collector: `version=3`, `level=authPriv`, `auth=SHA-1`, `priv=AES-128`."""

from __future__ import annotations

from xunwei.packs.snmp_device.parse.session import parse

__all__ = ["parse"]
