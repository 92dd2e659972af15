"""`xunwei manual`: enter what was checked by hand, list what is due, make the form and read it back."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from xunwei.catalogue import Catalogue, catalogue, user_language
from xunwei.cli import forms, show
from xunwei.cli.listing import inventory_hosts
from xunwei.dates import DEFAULT_ZONE, epoch, iso, zone
from xunwei.errors import InputError
from xunwei.flow import manual as flow
from xunwei.flow.gathering import gather
from xunwei.model import Json
from xunwei.record import manual as records
from xunwei.settings import state_dir

DUE = (flow.MISSING, flow.STALE, flow.DAMAGED)


@dataclass
class Said:
    """The options of `record`."""

    value: str = ""
    verdict: str = ""
    by: str = ""
    witness: str = ""
    note: str = ""
    time: str = ""
    photos: list[Path] = field(default_factory=list)


def record(inventories: list[Path], asset: str, check: str, said: Said, as_json: bool) -> int:
    """Write one record down."""
    slots, names = _inventory(inventories)
    one = flow.find(slots, asset, names)
    finding = records.Finding(
        asset=one.of, check=one.check(check), by=said.by, value=said.value, verdict=said.verdict, witness=said.witness,
        note=said.note, time=said.time, photos=said.photos,
    )  # fmt: skip
    entry = records.record(state_dir(), finding)
    if as_json:
        show.as_json(entry)
    else:
        show.out(_done(catalogue(user_language(), "manual"), entry))
    return 0


def list_(inventories: list[Path], due: bool, as_json: bool) -> int:
    """Every check with where it stands; with `due` only those that wait for hands."""
    slots, _ = _inventory(inventories)
    rows = [r for r in flow.standing(state_dir(), slots, time.time()) if not due or r["state"] in DUE]
    if as_json:
        show.as_json([{**r, "due": None if r["due"] is None else iso(r["due"])} for r in rows])
        return 0
    t = catalogue(user_language(), "manual")
    if not rows:
        show.out(t("list.none"))
        return 0
    head = [t(f"head.{h}") for h in ("asset", "check", "title", "state", "value", "verdict", "time", "by", "due")]
    show.table(head, [_line(t, row) for row in rows])
    return 0


def _line(t: Catalogue, row: Json) -> tuple[str, ...]:
    value = " ".join(filter(None, (row["value"], row["unit"] if row["value"] else "")))
    verdict = t.word("verdict", row["verdict"]) if row["verdict"] else ""
    due, made = _day(row["due"]), _day(None if row["time"] is None else epoch(row["time"]), "minutes")
    state = t.word("state", row["state"])
    return (
        row["asset"],
        row["check"],
        t.pick(row["title"]),
        state,
        value,
        verdict,
        made,
        row["by"] or "",
        due,
    )


def _day(seconds: float | None, precision: str = "") -> str:
    """The date (with `precision` the time, too) by the site's clock."""
    if seconds is None:
        return ""
    moment = dt.datetime.fromtimestamp(seconds, zone(DEFAULT_ZONE))
    return moment.isoformat(" ", precision)[:16] if precision else moment.date().isoformat()


def form(inventories: list[Path], out: Path, due: bool, as_json: bool) -> int:
    """Write the form."""
    slots, _ = _inventory(inventories)
    rows = [r for r in flow.standing(state_dir(), slots, time.time()) if not due or r["state"] in DUE]
    t = catalogue(user_language(), "manual")
    if not rows:
        raise InputError(t("list.none"), where="inventory")
    forms.write(out, rows, t)
    if as_json:
        show.as_json({"form": str(out), "rows": len(rows)})
    else:
        show.out(t("form.done", n=len(rows), path=out))
    return 0


def import_(inventories: list[Path], path: Path, by: str, as_json: bool) -> int:
    """Read a form back: every filled row becomes a record, or none does."""
    slots, names = _inventory(inventories)
    findings = list(_findings(forms.read(path), slots, names, by, path))
    if not findings:
        raise InputError("no row is filled in", where=str(path))
    entries = records.record_all(state_dir(), findings)
    t = catalogue(user_language(), "manual")
    if as_json:
        show.as_json(entries)
    else:
        for entry in entries:
            show.out(_done(t, entry))
    return 0


def _findings(
    rows: Iterable[tuple[int, Mapping[str, str]]], slots: list[flow.Slots], names: set[str], by: str, path: Path
) -> Iterable[records.Finding]:
    now = time.time()
    for number, row in rows:
        if not any(row[name] for name in ("value", "verdict", "note", "time")):
            continue
        where = f"{path}, row {number}"
        try:
            one = flow.find(slots, row["asset"], names)
            finding = records.Finding(
                asset=one.of, check=one.check(row["check"]), by=row["by"] or by, value=row["value"],
                verdict=row["verdict"], witness=row["witness"], note=row["note"], time=row["time"],
            )  # fmt: skip
            records.checked(finding, now)
        except InputError as exc:
            raise InputError(exc.what, where=where, hint=exc.hint) from None
        yield finding


def _done(t: Catalogue, entry: Json) -> str:
    verdict = t.word("verdict", entry["verdict"])
    return t("record.done", asset=entry["asset"], check=entry["check"], verdict=verdict, seq=entry["seq"])


def _inventory(inventories: list[Path]) -> tuple[list[flow.Slots], set[str]]:
    """(slots, names of all assets), the whole inventory checked."""
    hosts = inventory_hosts(inventories)
    names = {a.name for a in gather(hosts)}
    return flow.slots_of(hosts), names
