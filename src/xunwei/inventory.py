"""From inventory variables to assets: the denominator of every run. Every mistake is one line that names the host."""

from __future__ import annotations

import fnmatch
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from xunwei import pack as packs
from xunwei.dates import epoch
from xunwei.errors import InputError
from xunwei.model import Asset, Json
from xunwei.words import Severity

BY_HAND = "manual"  # the platform of what people record
WORDS = ("model", "serial", "version", "hostname", "address", "title")
CLASSES = (
    "server", "bmc", "storage", "backup", "network", "switch", "router", "firewall", "security", "load_balancer",
    "virtualization", "container", "database", "middleware", "application", "endpoint", "audio_video", "antivirus",
    "workstation", "facility", "cloud", "other",
)  # fmt: skip
GATES = ("critical", "major", "minor", "never")
COVERAGES = ("strict", "asset", "off")


def asset_of(host: str, variables: Mapping[str, Any]) -> Asset:
    """The asset an inventory host is. Raises InputError naming host and variable."""
    where = f"inventory host {host}"
    for name in ("asset_platform", "asset_class"):
        if not variables.get(name):
            raise InputError(f"has no {name}", where=where, hint=f"set {name} for the host or its group")
    return _asset(host, host, variables, where)


def instances_of(host: str, variables: Mapping[str, Any]) -> list[tuple[Asset, Json]]:
    """Assets that live on a host (`asset_instances`) with their own settings; they share the host's one exec request."""
    rows = variables.get("asset_instances") or []
    if not isinstance(rows, list):
        raise InputError("asset_instances is not a list", where=f"inventory host {host}")
    found = []
    for index, row in enumerate(rows, start=1):
        where = f"inventory host {host}: asset_instances[{index}]"
        if not isinstance(row, dict) or not row.get("name") or not row.get("platform") or not row.get("asset_class"):
            raise InputError("needs at least name, platform and asset_class", where=where)
        own = {
            f"asset_{k}": v
            for k, v in row.items()
            if k in ("platform", "site", "owner", "role", "variant", "services", "needs", *WORDS)
        }
        inherited = {k: variables.get(k) for k in ("asset_site", "asset_owner", "asset_services", "ansible_host")}
        limits = {k: v for k, v in variables.items() if k.startswith("inspection_limits")}
        merged = {**inherited, **limits, **own, "asset_class": row["asset_class"]}
        if row.get("limits"):
            merged["inspection_limits_zz_instance"] = row["limits"]
        found.append((_asset(str(row["name"]), host, merged, where), row))
    companion = _by_hand(host, variables)
    return [*found, companion] if companion else found


def _by_hand(host: str, variables: Mapping[str, Any]) -> tuple[Asset, Json] | None:
    """The slots for checks by hand of a host that is inspected by machine (`asset_manual_checks`)."""
    checks = variables.get("asset_manual_checks")
    if not checks or variables.get("asset_platform") == BY_HAND:
        return None
    kept = ("asset_class", "asset_site", "asset_owner", "asset_role", "asset_services", "ansible_host")
    about = {k: v for k, v in variables.items() if k in kept or k.startswith("inspection_limits")}
    where = f"inventory host {host}: asset_manual_checks"
    asset = _asset(f"{host}/manual", host, {**about, "asset_platform": BY_HAND}, where)
    return asset, {"name": asset.name, "of": host, "manual_checks": checks}


def _asset(name: str, host: str, variables: Mapping[str, Any], where: str) -> Asset:
    platform = str(variables["asset_platform"])
    if packs.find(platform) is None:
        known = ", ".join(packs.platforms())
        raise InputError(f"unknown platform {platform!r}", where=where, hint=f"known: {known}")
    if variables["asset_class"] not in CLASSES:
        raise InputError(
            f"unknown class {variables['asset_class']!r}", where=where, hint=f"known: {', '.join(CLASSES)}"
        )
    return Asset(
        name=name,
        platform=platform,
        asset_class=str(variables["asset_class"]),
        site=str(variables.get("asset_site") or ""),
        owner=str(variables.get("asset_owner") or ""),
        role=str(variables.get("asset_role") or ""),
        variant=str(variables.get("asset_variant") or ""),
        address=str(variables.get("ansible_host") or host),
        host=host,
        services=_texts(variables, "asset_services", where),
        needs=_texts(variables, "asset_needs", where),
        links=_links(variables, where),
        networks=_texts(variables, "asset_networks", where),
        limits=limits_of(variables, where),
        declared={w: str(variables[f"asset_{w}"]) for w in WORDS if variables.get(f"asset_{w}")},
    )


def _texts(variables: Mapping[str, Any], name: str, where: str) -> tuple[str, ...]:
    value = variables.get(name) or []
    if isinstance(value, str) or not isinstance(value, list | tuple):
        raise InputError(f"{name} is not a list", where=where)
    return tuple(str(v) for v in value)


def _links(variables: Mapping[str, Any], where: str) -> tuple[dict[str, str], ...]:
    rows = variables.get("asset_links") or []
    if not isinstance(rows, list) or not all(isinstance(r, dict) and r.get("port") and r.get("peer") for r in rows):
        raise InputError("asset_links is not a list of {port, peer, peer_port}", where=where)
    return tuple({k: str(r.get(k) or "") for k in ("port", "peer", "peer_port")} for r in rows)


def spread_services(assets: list[Asset], *, strict: bool = True) -> list[Asset]:
    """Give every asset the services of all that can't work without it: what it fails, they fail.

    `asset_needs` names assets (shell patterns allowed); an instance needs its host. Raises InputError for a need that
    names nothing, when `strict`.
    """
    names = [a.name for a in assets]
    needs: dict[str, set[str]] = {}
    for asset in assets:
        wanted: set[str] = set() if asset.host in ("", asset.name) else {asset.host} & set(names)
        for pattern in asset.needs:
            found = [n for n in names if n != asset.name and fnmatch.fnmatchcase(n, pattern)]
            if not found and strict:
                raise InputError(f"asset_needs names {pattern!r}, which is no asset", where=f"asset {asset.name}")
            wanted.update(found)
        needs[asset.name] = wanted
    services = {a.name: dict.fromkeys(a.services) for a in assets}
    for asset in assets:
        queue, seen = list(needs[asset.name]), {asset.name}
        while asset.services and queue:
            name = queue.pop()
            if name not in seen:
                seen.add(name)
                services[name].update(dict.fromkeys(asset.services))
                queue += needs[name]
    return [replace(a, services=tuple(services[a.name])) for a in assets]


def limits_of(variables: Mapping[str, Any], where: str) -> dict[str, dict[str, Any]]:
    """Thresholds by rule id: `inspection_limits` and every `inspection_limits_*`, merged in name order so levels add up."""
    merged: dict[str, dict[str, Any]] = {}
    for name in sorted(k for k in variables if k == "inspection_limits" or k.startswith("inspection_limits_")):
        value = variables[name] or {}
        if not isinstance(value, dict) or not all(isinstance(v, dict) for v in value.values()):
            raise InputError(f"{name} is not a mapping of rule id to limits", where=where)
        for rule, limits in value.items():
            merged[str(rule)] = {**merged.get(str(rule), {}), **limits}
    return merged


def check_limits(assets: list[Asset]) -> None:
    """Every threshold names a rule and a limit that exist. Raises InputError naming asset and rule."""
    known: dict[str, dict[str, set[str]]] = {}
    for platform in {rule.partition(".")[0] for a in assets for rule in a.limits}:
        if packs.find(platform) is not None:
            known[platform] = {r.id: {k for k, _ in r.limits} for r in packs.load(platform).rules()}
    for asset in assets:
        for rule, limits in asset.limits.items():
            limits_known = known.get(rule.partition(".")[0], {}).get(rule)
            if limits_known is None:
                raise InputError(f"inspection_limits names {rule!r}, which is no rule", where=f"asset {asset.name}")
            for name in limits:
                if name not in limits_known:
                    hint = f"it has: {', '.join(sorted(limits_known)) or 'none'}"
                    raise InputError(f"rule {rule} has no limit {name!r}", where=f"asset {asset.name}", hint=hint)


def check_unique(assets: list[Asset]) -> None:
    """An asset's name is its identity in the ledger. Raises InputError for a name used twice."""
    seen: dict[str, str] = {}
    for asset in assets:
        if asset.name in seen:
            raise InputError(
                f"asset name is used twice, on {seen[asset.name]} and {asset.host}", where=f"asset {asset.name}"
            )
        seen[asset.name] = asset.host


def check_waivers(waivers: Any) -> list[Json]:
    """Waivers as plain rows. Raises InputError naming the row and what it lacks."""
    if not isinstance(waivers, list):
        raise InputError("is not a list", where="inspection_waivers")
    rows = []
    for index, waiver in enumerate(waivers, start=1):
        where = f"inspection_waivers[{index}]"
        if not isinstance(waiver, dict):
            raise InputError("is not a mapping", where=where)
        for name in ("rule", "assets", "reason", "approver", "until"):
            if not waiver.get(name):
                raise InputError(f"has no {name}", where=where, hint="rule, assets, reason, approver, until are needed")
        assets = [waiver["assets"]] if isinstance(waiver["assets"], str) else waiver["assets"]
        try:
            epoch(str(waiver["until"]))
        except ValueError:
            raise InputError(f"until is not a date: {waiver['until']!r}", where=where, hint="YYYY-MM-DD") from None
        rows.append(
            {"rule": str(waiver["rule"]), "assets": [str(a) for a in assets], "key": str(waiver.get("key") or "*")}
            | {name: str(waiver[name]) for name in ("reason", "approver", "until")}
            | {"ticket": str(waiver.get("ticket") or "")}
        )
    return rows


def waiver_covers(waiver: Json, asset: str, rule: str, key: str) -> bool:
    """Whether a waiver row is about this asset, rule and item (shell patterns)."""
    return (
        fnmatch.fnmatchcase(rule, waiver["rule"])
        and any(fnmatch.fnmatchcase(asset, pattern) for pattern in waiver["assets"])
        and fnmatch.fnmatchcase(key, waiver["key"])
    )


def check_gate(findings: str, coverage: str) -> None:
    """Raises InputError for a gate that is none."""
    if findings not in GATES:
        raise InputError(f"is {findings!r}", where="inspection_gate", hint=f"one of {', '.join(GATES)}")
    if coverage not in COVERAGES:
        raise InputError(f"is {coverage!r}", where="inspection_gate_coverage", hint=f"one of {', '.join(COVERAGES)}")


def gate_severities(gate: str) -> tuple[Severity, ...]:
    """Severities at or above a gate."""
    order = (Severity.CRITICAL, Severity.MAJOR, Severity.MINOR)
    return () if gate == "never" else order[: order.index(Severity(gate)) + 1]
