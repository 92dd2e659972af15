"""The manual slots of an inventory: which checks by hand it asks for, and where each of them stands."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from xunwei import inventory, slots
from xunwei import pack as packs
from xunwei.dates import DAY, epoch
from xunwei.errors import InputError
from xunwei.model import Asset, Json

COLLECTOR = "manual"
MISSING, FRESH, STALE, DAMAGED = "missing", "fresh", "stale", "damaged"


@dataclass(frozen=True)
class Slots:
    """The checks of one asset. `of`: the name its records are kept under."""

    asset: Asset
    of: str
    checks: tuple[slots.Check, ...]

    def check(self, name: str) -> slots.Check:
        """The check of that name. Raises InputError with the names there are."""
        for check in self.checks:
            if check.name == name:
                return check
        known = ", ".join(c.name for c in self.checks)
        raise InputError(f"asset {self.of} has no manual check {name!r}", hint=f"it has: {known or 'none'}")


def slots_of(hosts: Mapping[str, Mapping[str, Any]]) -> list[Slots]:
    """The assets of inventory hosts that have checks by hand. Raises InputError for the first mistake."""
    found = []
    for host, variables in hosts.items():
        own = {k.removeprefix("asset_"): v for k, v in variables.items() if k.startswith("asset_")}
        for asset, settings in [(inventory.asset_of(host, variables), own), *inventory.instances_of(host, variables)]:
            pack = packs.load(asset.platform)
            if pack.collector != COLLECTOR:
                continue
            wanted, where = settings.get("manual_checks"), f"asset {asset.name}"
            checks = slots.checks_of(pack.options, asset.asset_class, asset.variant, wanted, where)
            found.append(Slots(asset, str(settings.get("of") or asset.name), tuple(checks)))
    return found


def find(all_slots: Iterable[Slots], name: str, known: Iterable[str]) -> Slots:
    """The slots of the asset called `name` (or of its companion). Raises InputError.

    `known`: the names of all assets, so that one that has no slot is told from one that is none.
    """
    for one in all_slots:
        if name in (one.of, one.asset.name):
            return one
    if name in known:
        raise InputError(f"asset {name} has no manual checks", hint="set asset_manual_checks for it")
    raise InputError(
        f"the inventory has no asset {name!r}", hint="xunwei manual list -i … shows those with checks by hand"
    )


def standing(state: Path, all_slots: Iterable[Slots], now: float) -> list[Json]:
    """Every check with its newest record and its state: missing, fresh, stale or damaged; `due`: epoch it is due at."""
    rows: list[Json] = []
    for one in all_slots:
        try:
            journal = slots.read(state, one.of)
        except OSError as exc:
            raise InputError(
                f"the journal cannot be read: {exc.strerror}", where=str(slots.journal_of(state, one.of))
            ) from None
        latest = journal.latest()
        for check in one.checks:
            entry = latest.get(check.name)
            rows.append(_row(one, check, entry, now) | ({"state": DAMAGED} if journal.problems else {}))
    return rows


def _row(one: Slots, check: slots.Check, entry: slots.Json | None, now: float) -> Json:
    due = None if entry is None else epoch(entry["time"]) + check.max_age_days * DAY
    state = MISSING if due is None else STALE if now > due else FRESH
    about: Json = {"asset": one.of, "class": one.asset.asset_class, "site": one.asset.site, "title": dict(check.title)}
    about |= {
        "check": check.name,
        "unit": check.unit,
        "low": check.low,
        "high": check.high,
        "expect": list(check.expect),
    }
    said = {k: entry[k] if entry else None for k in ("value", "verdict", "time", "by", "witness", "note")}
    about |= {"photo": check.photo, "max_age_days": check.max_age_days}
    return {**about, **said, "photos": len(entry["photos"]) if entry else 0, "state": state, "due": due}
