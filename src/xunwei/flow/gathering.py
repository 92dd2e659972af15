"""From an inventory's hosts to the assets of a run, everything checked that can be checked without asking one."""

from __future__ import annotations

from collections.abc import Mapping
from importlib.util import find_spec
from typing import Any

from xunwei import inventory
from xunwei import pack as packs
from xunwei.errors import InputError, PackError
from xunwei.evaluate import compile_rules
from xunwei.flow.assess import DERIVED
from xunwei.model import Asset

SHELL = "sh"


def gather(
    hosts: Mapping[str, Mapping[str, Any]], others: Mapping[str, Mapping[str, Any]] | None = None
) -> list[Asset]:
    """All assets of inventory hosts, checked. Raises InputError for the first mistake.

    `others`: the hosts of the inventory that are not inspected this time: they say which services an asset carries.
    """
    if not hosts:
        raise InputError("no host to inspect", where="inventory", hint="is the target group or --limit empty?")
    assets: list[Asset] = []
    for host, variables in hosts.items():
        assets += _assets(host, variables)
    inventory.check_unique(assets)
    inventory.check_limits(assets)
    for platform in sorted({a.platform for a in assets}):
        # A pack that is not well formed is found before the first login, not after the last.
        pack = packs.load(platform)
        compile_rules(pack)
        if pack.collector not in (SHELL, DERIVED) and find_spec(f"xunwei.collect.{pack.collector}") is None:
            raise PackError(f"nothing collects by {pack.collector!r}", where=str(pack.folder / "pack.yml"))
    names = {a.name for a in assets}
    around, whole = [], True
    for host, variables in (others or {}).items():
        try:
            around += [a for a in _assets(host, variables) if a.name not in names]
        except InputError:
            whole = False  # a mistake about a host that is not inspected does not stop those that are
    return [a for a in inventory.spread_services([*assets, *around], strict=whole) if a.name in names]


def _assets(host: str, variables: Mapping[str, Any]) -> list[Asset]:
    """A host and what lives on it. An instance that is asked by shell needs a host that is."""
    asset = inventory.asset_of(host, variables)
    found = [asset, *(a for a, _ in inventory.instances_of(host, variables))]
    by_shell = packs.load(asset.platform).collector == SHELL
    for one in found:
        if packs.load(one.platform).collector == SHELL and not by_shell:
            where = f"inventory host {host}: instance {one.name}"
            raise InputError(
                f"platform {one.platform} is asked through its host's shell, which {host} has not", where=where
            )
    return found
