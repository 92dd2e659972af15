"""Which areas of inspection every asset is covered in: by its platform pack, by hand, or not at all.

Pure over assets, packs, manual slots and (for a run) records; only `required` and `of_run` read files.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from xunwei import pack as packs
from xunwei.dates import DAY, epoch
from xunwei.flow.assess import DERIVED, HOLES
from xunwei.flow.manual import COLLECTOR as BY_HAND
from xunwei.flow.manual import Slots
from xunwei.model import Asset, Json
from xunwei.record.files import read_json
from xunwei.record.store import whole_assets
from xunwei.words import Status

DATA = Path(__file__).resolve().parent.parent / "coverage.yml"
AUTOMATIC, MANUAL, NONE = "automatic", "manual", "missing"
# What became of an area in a run: of one that is inspected automatically,
COLLECTED, PARTIAL, NOT_COLLECTED, UNSUPPORTED = "collected", "partial", "not_collected", "unsupported"
# of one that is inspected by hand,
FRESH, STALE, WAITING, DAMAGED = "fresh", "stale", "waiting", "damaged"
# and of one whose asset was not in it.
NOT_ASKED = "not_in_run"
WORST_FIRST = (DAMAGED, WAITING, STALE, FRESH)
Records = Mapping[str, Mapping[str, Json]]  # asset → section → record


@dataclass(frozen=True)
class Required:
    """The areas that classes have to be covered in (coverage.yml)."""

    profiles: Mapping[str, Sequence[str]]
    classes: Mapping[str, Sequence[str]]
    by_hand: Mapping[str, Sequence[str]]
    exempt: Mapping[str, Mapping[str, Sequence[str]]] = field(default_factory=dict)

    def of(self, asset: Asset, covered: Iterable[str], *, by_hand: bool) -> list[str]:
        """The areas one asset has to be covered in; `covered` are those its pack covers."""
        if by_hand:
            wanted = self.by_hand.get(asset.asset_class, self.by_hand["default"])
        else:
            have = set(covered)
            choices = [self.profiles[name] for name in self.classes.get(asset.asset_class, ())]
            wanted = max(choices, key=lambda areas: len(have & set(areas)) / len(areas), default=())
        free = self.exempt.get(asset.asset_class, {}).get(asset.variant, ())
        return [area for area in wanted if area not in free]


def required(path: Path = DATA) -> Required:
    """Read the data file."""
    data = yaml.safe_load(path.read_text(encoding="utf-8"))
    return Required(data["profiles"], data["classes"], data["by_hand"], data["exempt"])


def matrix(
    assets: Sequence[Asset], slots: Iterable[Slots], wanted: Required, records: Records | None = None
) -> list[Json]:
    """One row per asset: {asset, class, platform, site, companion, cells: [{area, required, by, sections, checks, status}]}.

    The slots of an asset that is inspected automatically lie in its own row (`companion` names the asset they are collected
    as); every other asset has a row of its own. `status` is null without `records`.
    """
    names = {a.name for a in assets}
    by_asset = {s.asset.name: s for s in slots}
    companions = {s.of: s for s in by_asset.values() if s.of != s.asset.name and s.of in names}
    folded = {s.asset.name for s in companions.values()}
    rows = []
    for asset in assets:
        if asset.name in folded:
            continue
        hands = companions.get(asset.name) or by_asset.get(asset.name)
        cells = _cells(asset, hands, wanted, records)
        row = {"asset": asset.name, "class": asset.asset_class, "platform": asset.platform, "site": asset.site}
        rows.append(
            {**row, "companion": hands.asset.name if hands and hands.asset is not asset else None, "cells": cells}
        )
    return rows


def _cells(asset: Asset, hands: Slots | None, wanted: Required, records: Records | None) -> list[Json]:
    pack = packs.load(asset.platform)
    sections = {
        area: [n for n in names if n in pack.sections and pack.sections[n].is_for(asset.asset_class, asset.variant)]
        for area, names in pack.covers.items()
    }
    checks: dict[str, list[str]] = {}
    for check in hands.checks if hands else ():
        for area in check.covers or (check.name,):
            checks.setdefault(area, []).append(check.name)
    by_hand = pack.collector == BY_HAND
    need = [] if pack.collector == DERIVED else wanted.of(asset, [a for a, s in sections.items() if s], by_hand=by_hand)
    cells = []
    for area in dict.fromkeys([*need, *(a for a, s in sections.items() if s), *checks]):
        mine, slots = sections.get(area, []), checks.get(area, [])
        by = AUTOMATIC if mine else MANUAL if slots else NONE
        cell = {"area": area, "required": area in need, "by": by, "sections": mine, "checks": slots}
        cells.append({**cell, "status": None if records is None else _status(asset, hands, cell, records)})
    return cells


def _status(asset: Asset, hands: Slots | None, cell: Json, records: Records) -> str:
    """What became of an area in a run: of its sections where there are any, else of its slots."""
    if cell["by"] == NONE:
        return NONE
    if cell["by"] == MANUAL:
        assert hands is not None
        found = records.get(hands.asset.name)
        return NOT_ASKED if found is None else _by_hand(found, cell["checks"])
    found = records.get(asset.name)
    if found is None:
        return NOT_ASKED
    statuses = [Status(found[s]["status"]) if s in found else Status.UNREACHABLE for s in cell["sections"]]
    if Status.COLLECTED in statuses:
        return PARTIAL if any(s in HOLES for s in statuses) else COLLECTED
    return NOT_COLLECTED if any(s in HOLES for s in statuses) else UNSUPPORTED


def _by_hand(sections: Mapping[str, Json], wanted: Iterable[str]) -> str:
    """The worst state of some checks, as the run saw them. A journal that was not whole has no good state."""
    seen: dict[str, str] = {}
    damaged = False
    for record in sections.values():
        facts = record["facts"] or {}
        damaged = damaged or bool(facts.get("problems"))
        for check in facts.get("checks", ()):
            made = check["time"]
            age = None if made is None else (epoch(record["started"]) - epoch(made)) / DAY
            seen[check["name"]] = WAITING if age is None else STALE if age > check["max_age_days"] else FRESH
    states = [seen.get(name, WAITING) for name in wanted]
    return DAMAGED if damaged else next(s for s in WORST_FIRST if s in states)


def totals(rows: Iterable[Json]) -> Json:
    """{assets, complete, classes: {class: {assets, complete, automatic, manual, missing}}, states, statuses}.

    Counts are of required areas; `complete` assets have no required area missing.
    """
    classes: dict[str, Counter[str]] = {}
    states: Counter[str] = Counter({AUTOMATIC: 0, MANUAL: 0, NONE: 0})
    statuses: Counter[str] = Counter()
    for row in rows:
        needed = [c for c in row["cells"] if c["required"]]
        mine = classes.setdefault(row["class"], Counter(dict.fromkeys(("assets", "complete", *states), 0)))
        mine["assets"] += 1
        mine["complete"] += all(c["by"] != NONE for c in needed)
        mine.update(c["by"] for c in needed)
        states.update(c["by"] for c in needed)
        statuses.update(c["status"] for c in needed if c["status"] is not None)
    whole = {k: sum(c[k] for c in classes.values()) for k in ("assets", "complete")}
    by_class = {name: dict(counts) for name, counts in sorted(classes.items())}
    return {**whole, "classes": by_class, "states": dict(states), "statuses": dict(sorted(statuses.items()))}


def of_run(run: Path) -> dict[str, dict[str, Json]]:
    """The records of a run folder by asset and section. Raises EvidenceError."""
    found: dict[str, dict[str, Json]] = {}
    for folder in whole_assets(run):
        if (folder / "record.json").is_file():
            data: dict[str, Any] = read_json(folder / "record.json")
            found[data["asset"]] = {r["section"]: r for r in data["sections"]}
    return found
