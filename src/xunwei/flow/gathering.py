"""From an inventory's hosts to the assets of a run, everything checked that can be checked without asking one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from xunwei import inventory
from xunwei import pack as packs
from xunwei.errors import InputError
from xunwei.evaluate import compile_rules
from xunwei.model import Asset


def gather(hosts: Mapping[str, Mapping[str, Any]]) -> list[Asset]:
    """All assets of inventory hosts, checked. Raises InputError for the first mistake."""
    if not hosts:
        raise InputError("no host to inspect", where="inventory", hint="is the target group or --limit empty?")
    assets: list[Asset] = []
    for host, variables in hosts.items():
        assets.append(inventory.asset_of(host, variables))
        assets += [asset for asset, _ in inventory.instances_of(host, variables)]
    inventory.check_unique(assets)
    inventory.check_limits(assets)
    for platform in sorted({a.platform for a in assets}):
        # A pack that is not well formed is found before the first login, not after the last.
        compile_rules(packs.load(platform))
    return assets
