"""Questions about the estate as a whole, answered from what was found on all its assets: the asset list's audit.

An asset whose pack has the collector `derived` is not asked anything; when all others are assessed, its sections are
made from their facts. `ask` is one of the words below. The answer is one JSON object a line, so that a verdict can show
the line it was read from:

- identities: {asset, class, word, declared, found}: model, serial, version, hostname where the inventory declares one
- links: {asset, port, peer, peer_port} declared (`asset_links`) and {asset, local_port, peer, peer_port} seen (LLDP)
- addresses: {ip, mac, asset, seen_by}: addresses seen (ARP) inside the management networks (`asset_networks`)
- coverage: {asset, state, reason}: what became of every asset
"""

from __future__ import annotations

import ipaddress
import json
from collections.abc import Callable, Iterator
from typing import Any

from xunwei import pack as packs
from xunwei.flow.assess import DERIVED, Assessment
from xunwei.model import Answer, Asset, Facts, Json
from xunwei.words import Status

COLLECTOR = DERIVED
WORDS = ("model", "serial", "version", "hostname")
Rows = Iterator[Json]


def answers(asset: Asset, result: Assessment, started: str) -> list[Answer]:
    """One answer per section of a derived asset."""
    pack = packs.load(asset.platform)
    made = []
    for section in pack.sections.values():
        make = QUESTIONS.get(section.ask)
        if make is None:
            known = ", ".join(QUESTIONS)
            reason = f"nothing is derived under {section.ask!r} (known: {known})"
            made.append(Answer(section.name, Status.UNSUPPORTED, "", reason, section.ask, None, started))
            continue
        lines = [json.dumps(row, ensure_ascii=False, sort_keys=True) for row in make(asset, result)]
        raw = "".join(f"{line}\n" for line in lines)
        status = Status.COLLECTED if raw else Status.EMPTY
        made.append(Answer(section.name, status, raw, "", section.ask, None, started))
    return made


def found_facts(row: Json, result: Assessment) -> dict[str, Any]:
    """What a pack's `found` says of one asset: {word: fact}; what was not collected is left out."""
    facts: Facts = {r.section: r.facts for r in result.records.get(row["name"], ()) if r.facts is not None}
    values: dict[str, Any] = {}
    for word, path in packs.load(row["platform"]).found.items():
        node: Any = facts
        for name in path:
            node = node.get(name) if isinstance(node, dict) else None
        if node is not None:
            values[word] = node
    return values


def _identities(_asset: Asset, result: Assessment) -> Rows:
    for row in result.assets:
        declared = row["declared"]
        found = found_facts(row, result)
        for word in WORDS:
            if word in declared:
                said = str(found[word]) if word in found else None
                yield {"asset": row["name"], "class": row["asset_class"], "word": word} | {
                    "declared": declared[word],
                    "found": said,
                }


def _links(_asset: Asset, result: Assessment) -> Rows:
    names = {row["declared"].get("hostname", row["name"]): row["name"] for row in result.assets}
    for row in result.assets:
        found = found_facts(row, result)
        yield {"asset": row["name"], "lldp": "neighbours" in found, "declared": [dict(x) for x in row["links"]]} | {
            "seen": [
                {k: n.get(k) for k in ("local_port", "peer", "peer_port")} | {"known": names.get(str(n.get("peer")))}
                for n in found.get("neighbours", ())
            ]
        }


def _addresses(asset: Asset, result: Assessment) -> Rows:
    networks = [ipaddress.ip_network(n, strict=False) for n in asset.networks]
    known = {row["declared"]["address"]: row["name"] for row in result.assets if "address" in row["declared"]}
    seen: dict[tuple[str, str], list[str]] = {}
    for row in result.assets:
        for entry in found_facts(row, result).get("addresses", ()):
            seen.setdefault((str(entry.get("ip")), str(entry.get("mac"))), []).append(row["name"])
    for (ip, mac), by in sorted(seen.items()):
        try:
            address = ipaddress.ip_address(ip)
        except ValueError:
            continue
        if any(address in network for network in networks):
            yield {"ip": ip, "mac": mac, "asset": known.get(ip), "seen_by": sorted(set(by))}


def _coverage(_asset: Asset, result: Assessment) -> Rows:
    for row in result.assets:
        yield {"asset": row["name"], "class": row["asset_class"], "state": row["state"], "reason": row["reason"]}


QUESTIONS: dict[str, Callable[[Asset, Assessment], Rows]] = {
    "identities": _identities,
    "links": _links,
    "addresses": _addresses,
    "coverage": _coverage,
}
