"""The coverage matrix: nothing of the inventory is missing from it, and nothing is called covered that is not."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from xunwei import inventory, slots
from xunwei import pack as packs
from xunwei.catalogue import catalogue
from xunwei.flow import coverage
from xunwei.flow.derived import COLLECTOR as DERIVED
from xunwei.flow.manual import Slots, slots_of
from xunwei.model import Asset
from xunwei.words import Status

WANTED = coverage.required()
PLATFORMS = packs.platforms()
BY_HAND = packs.load("manual")
names = st.text(st.characters(codec="ascii", categories=["L", "N"], include_characters="-_/."), min_size=1, max_size=12)


def hands(asset: Asset, of: str = "", wanted: Any = None) -> Slots:
    checks = slots.checks_of(BY_HAND.options, asset.asset_class, asset.variant, wanted, "x")
    return Slots(asset, of or asset.name, tuple(checks))


@st.composite
def estates(draw: st.DrawFn) -> tuple[list[Asset], list[Slots]]:
    """Assets of every platform and class, some with slots of their own, some with a companion."""
    assets, all_slots = [], []
    for name in draw(st.lists(names, max_size=12, unique=True)):
        platform = draw(st.sampled_from(PLATFORMS))
        variant = draw(st.sampled_from(["", "mcu", "terminal", "camera", "room", "8", "other"]))
        asset = Asset(name, platform, draw(st.sampled_from(inventory.CLASSES)), variant=variant)
        assets.append(asset)
        if platform == "manual":
            all_slots.append(hands(asset, draw(st.sampled_from(["", "gone", name]))))
        elif draw(st.booleans()) and f"{name}/manual" not in {a.name for a in assets}:
            companion = Asset(f"{name}/manual", "manual", asset.asset_class)
            assets.append(companion)
            all_slots.append(hands(companion, name, ["appearance", "indicator"]))
    unique = {a.name: a for a in assets}
    return list(unique.values()), [s for s in all_slots if unique[s.asset.name] is s.asset]


def records_of(assets: list[Asset], data: st.DataObject) -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {}
    for asset in assets:
        if data.draw(st.booleans()):
            status = data.draw(st.sampled_from([s.value for s in Status]))
            found[asset.name] = {
                s: {"status": status, "facts": None, "started": "2026-11-25T00:00:00+00:00"}
                for s in packs.load(asset.platform).sections
            }
    return found


@settings(max_examples=80, deadline=None)
@given(estate=estates())
def test_every_asset_is_in_the_matrix_once(estate: tuple[list[Asset], list[Slots]]) -> None:
    assets, all_slots = estate
    rows = coverage.matrix(assets, all_slots, WANTED)
    seen = Counter([r["asset"] for r in rows] + [r["companion"] for r in rows if r["companion"]])
    assert seen == Counter(a.name for a in assets)
    totals = coverage.totals(rows)
    assert totals["assets"] == len(rows)
    cells = [c for r in rows for c in r["cells"] if c["required"]]
    assert sum(totals["states"].values()) == len(cells)
    assert sum(c["assets"] for c in totals["classes"].values()) == len(rows)
    for name in ("automatic", "manual", "missing"):
        assert sum(c[name] for c in totals["classes"].values()) == totals["states"][name]


@settings(max_examples=80, deadline=None)
@given(estate=estates(), data=st.data())
def test_what_was_not_seen_is_never_collected(estate: tuple[list[Asset], list[Slots]], data: st.DataObject) -> None:
    assets, all_slots = estate
    records = records_of(assets, data)
    for row in coverage.matrix(assets, all_slots, WANTED, records):
        for cell in row["cells"]:
            assert cell["status"] is not None
            assert (
                (cell["by"] == "missing")
                == (not cell["sections"] and not cell["checks"])
                == (cell["status"] == "missing")
            )
            if cell["by"] == "automatic" and row["asset"] not in records:
                assert cell["status"] == "not_in_run"
            if cell["status"] in ("collected", "partial"):
                assert any(records[row["asset"]][s]["status"] == "collected" for s in cell["sections"])
            assert cell["status"] != "fresh"  # no record had a check that was made


@settings(max_examples=40, deadline=None)
@given(estate=estates())
def test_required_areas_are_those_of_the_data(estate: tuple[list[Asset], list[Slots]]) -> None:
    assets, all_slots = estate
    by_name = {a.name: a for a in assets}
    for row in coverage.matrix(assets, all_slots, WANTED):
        asset = by_name[row["asset"]]
        needed = {c["area"] for c in row["cells"] if c["required"]}
        collector = packs.load(asset.platform).collector
        if collector == DERIVED:
            assert not needed
        elif collector == "manual":
            assert needed <= set(WANTED.by_hand.get(asset.asset_class, WANTED.by_hand["default"]))
        else:
            profiles = [set(WANTED.profiles[p]) for p in WANTED.classes.get(asset.asset_class, ())]
            assert not needed or any(needed <= p for p in profiles)


def row(asset: Asset, *, wanted: Any = None, records: Any = None) -> dict[str, Any]:
    assets, all_slots = [asset], []
    if asset.platform == "manual":
        all_slots = [hands(asset, wanted=wanted)]
    elif wanted is not None:
        companion = Asset(f"{asset.name}/manual", "manual", asset.asset_class)
        assets.append(companion)
        all_slots = [hands(companion, asset.name, wanted)]
    [found] = coverage.matrix(assets, all_slots, WANTED, records)
    return {c["area"]: c for c in found["cells"]}


class TestCells:
    """By example."""

    def test_server_by_its_system(self) -> None:
        cells = row(Asset("srv-1", "linux", "server"))
        assert {c["by"] for c in cells.values() if c["required"]} == {"automatic"}
        assert "disk_space" in cells
        assert not cells["fans"]["required"]

    def test_camera_has_nothing_to_register(self) -> None:
        assert "registered" not in row(Asset("cam-1", "av_terminal", "audio_video", variant="camera"))
        assert row(Asset("te-1", "av_terminal", "audio_video", variant="terminal"))["registered"]["by"] == "automatic"
        assert row(Asset("te-2", "av_terminal", "audio_video"))["registered"]["by"] == "missing"

    def test_slot_fills_a_hole(self) -> None:
        cells = row(Asset("te-2", "av_terminal", "audio_video"), wanted=["call_test"])
        assert (cells["registered"]["by"], cells["registered"]["checks"]) == ("manual", ["call_test"])
        assert cells["reachable"]["by"] == "automatic"

    def test_by_hand_without_the_check_it_needs(self) -> None:
        cells = row(Asset("acs-1", "manual", "audio_video"), wanted=["appearance"])
        assert {a for a, c in cells.items() if c["by"] == "missing"} == {"reachable", "registered", "web", "software"}

    @pytest.mark.parametrize("asset_class", inventory.CLASSES)
    def test_default_checks_cover_what_is_asked_of_hands(self, asset_class: str) -> None:
        cells = row(Asset("x", "manual", asset_class))
        assert not [a for a, c in cells.items() if c["by"] == "missing"]

    def test_states_of_slots_in_a_run(self) -> None:
        def check(name: str, made: str | None) -> dict[str, Any]:
            return {"name": name, "time": made, "max_age_days": 7.0}

        asked = [
            check("appearance", "2026-11-24T00:00:00+00:00"), check("power", None),
            check("label", "2026-11-01T00:00:00+00:00"),
        ]  # fmt: skip
        records: dict[str, Any] = {"rack-1": {
            "checks": {"status": "collected", "started": "2026-11-25T00:00:00+00:00", "facts": {"checks": asked}},
            "journal": {"status": "collected", "started": "2026-11-25T00:00:00+00:00", "facts": {"problems": 0}},
        }}  # fmt: skip
        asset = Asset("rack-1", "manual", "facility")
        cells = row(asset, records=records)
        assert {a: c["status"] for a, c in cells.items()} == {
            "appearance": "fresh",
            "power": "waiting",
            "label": "stale",
        }
        records["rack-1"]["journal"]["facts"]["problems"] = 1
        assert {c["status"] for c in row(asset, records=records).values()} == {"damaged"}

    def test_partial(self) -> None:
        statuses = {"memory": "collected", "swap": "denied", "oom_kills": "collected"}
        records = {"srv-1": {s: {"status": v, "facts": None, "started": ""} for s, v in statuses.items()}}
        cells = row(Asset("srv-1", "linux", "server"), records=records)
        assert cells["memory"]["status"] == "partial"
        assert cells["cpu"]["status"] == "not_collected"


def test_data_names_what_exists() -> None:
    assert set(WANTED.classes) | set(WANTED.by_hand) | set(WANTED.exempt) <= {*inventory.CLASSES, "default"}
    for profiles in WANTED.classes.values():
        assert set(profiles) <= set(WANTED.profiles)
    used = {p for profiles in WANTED.classes.values() for p in profiles}
    assert used == set(WANTED.profiles)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_area_has_a_name(lang: str) -> None:
    areas = {a for profile in WANTED.profiles.values() for a in profile} | {
        a for s in WANTED.by_hand.values() for a in s
    }
    areas |= {a for p in PLATFORMS for a in packs.load(p).covers}
    areas |= {a for c in BY_HAND.options["checks"].values() for a in c["covers"]}
    messages = catalogue(lang, "coverage").messages
    assert not sorted(a for a in areas if f"area.{a}" not in messages)
    assert not [c for c in inventory.CLASSES if f"class.{c}" not in messages]


def test_slots_of_an_inventory() -> None:
    hosts: dict[str, dict[str, Any]] = {
        "srv-1": {"asset_platform": "linux", "asset_class": "server", "asset_manual_checks": ["indicator"]},
        "room-1": {"asset_platform": "manual", "asset_class": "facility", "asset_variant": "room"},
        "register": {
            "asset_platform": "manual",
            "asset_class": "other",
            "asset_manual_checks": [],
            "asset_instances": [
                {"name": "kvm-1", "platform": "manual", "asset_class": "other", "manual_checks": ["label"]}
            ],
        },
    }
    found = {s.asset.name: (s.of, [c.name for c in s.checks]) for s in slots_of(hosts)}
    assert found == {
        "srv-1/manual": ("srv-1", ["indicator"]),
        "room-1": ("room-1", ["temperature", "humidity", "water_leak", "fire", "power"]),
        "register": ("register", []),
        "kvm-1": ("kvm-1", ["label"]),
    }
