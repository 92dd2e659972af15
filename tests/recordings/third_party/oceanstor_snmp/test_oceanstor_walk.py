"""Recorded arrays (Dorado 3000 V6 by LibreNMS, OceanStor 5500 V3 by snmpsim-data): read as another reading reads them.

The other reading is made here from the recordings' lines and LibreNMS's published rules: disk temperatures and health
marks as they are (a mark of 255: none), states by number.
"""

from __future__ import annotations

import bz2
import functools
from pathlib import Path
from typing import Any

import pytest

from xunwei import pack as packs
from xunwei.evaluate import SectionView, compile_rules, judge
from xunwei.model import Asset
from xunwei.parse.engine import parse
from xunwei.parse.snmprec import Recording
from xunwei.words import Status, Verdict

WALKS = ["snmp/librenms/oceanstor*.snmprec", "snmp/snmpsim-data/huawei-ism.snmprec.bz2"]
P = "oceanstor_snmp"
ROOT = "1.3.6.1.4.1.34774.4.1.23"
DORADO, V3, BARE = (
    "snmp/librenms/oceanstor_dorado3k.snmprec", "snmp/snmpsim-data/huawei-ism.snmprec.bz2", "snmp/librenms/oceanstor.snmprec",
)  # fmt: skip


@functools.cache
def data_of(path: Path) -> bytes:
    return bz2.decompress(path.read_bytes()) if path.suffix == ".bz2" else path.read_bytes()


@functools.cache
def views(path: Path) -> dict[str, SectionView]:
    """Every section that a recording can answer; pools without a history."""
    pack, agent, found = packs.load(P), Recording(data_of(path)), {}
    for name, section in pack.sections.items():
        if name != "session":
            text = agent.ask(list(section.asks))
            parsed = parse(pack, name, text)
            assert not parsed.reason.startswith(("parser failed", "parser returned")), (name, parsed.reason)
            facts: Any = parsed.facts
            if name == "pools" and facts:
                facts = {"pools": [{**p, "trend": {"used_percent": {"days_left": None}}} for p in facts["pools"]]}
            found[name] = SectionView(parsed.status, facts, parsed.reason, raw=text)
    return found


def items(path: Path, section: str, name: str) -> list[dict[str, Any]]:
    facts = views(path)[section].facts
    assert facts is not None, section
    found: list[dict[str, Any]] = facts[name]
    return found


def column(path: Path, table: str, number: int) -> list[int]:
    """Numbers of a column, by index."""
    base = f"{ROOT}.{table}.1.{number}."
    lines = (
        line.split("|", 2)
        for line in data_of(path).decode("latin-1").replace("\r", "").splitlines()
        if line.count("|") >= 2
    )
    rows = [([int(n) for n in oid[len(base) :].split(".")], value) for oid, _, value in lines if oid.startswith(base)]
    return [int(value) for _, value in sorted(rows)]


def verdicts(path: Path) -> dict[str, Verdict]:
    found = judge(Asset("a", P, "storage"), views(path), compile_rules(packs.load(P)), 0.0)
    return {j.rule.partition(".")[2]: j.verdict for j in found}


@pytest.mark.parametrize("name", [DORADO, V3])
def test_numbers_and_states(fixtures_dir: Path, name: str) -> None:
    path = fixtures_dir / name
    disks = items(path, "disks", "disks")
    assert [d["celsius"] for d in disks] == column(path, "5.1", 11)
    assert [d["health_mark"] for d in disks] == [None if v == 255 else v for v in column(path, "5.1", 25)]
    assert [d["mib"] for d in disks] == column(path, "5.1", 6)
    for section, list_name, table, number in (
        ("disks", "disks", "5.1", 2), ("controllers", "controllers", "5.2", 2), ("pools", "pools", "4.2", 5), ("luns", "luns", "4.8", 9),
    ):  # fmt: skip
        told = column(path, table, number)
        assert set(told) == {1}
        assert [i["health"] for i in items(path, section, list_name)] == ["normal"] * len(told)
    pools = items(path, "pools", "pools")
    assert [p["total_mib"] for p in pools] == column(path, "4.2", 7)
    assert [p["used_mib"] for p in pools] == column(path, "4.2", 8)
    assert all(p["used_mib"] + p["free_mib"] == p["total_mib"] for p in pools)
    assert [c["cpu_percent"] for c in items(path, "controllers", "controllers")] == column(path, "5.2", 8)


def test_the_dorado(fixtures_dir: Path) -> None:
    path = fixtures_dir / DORADO
    system = views(path)["system"].facts or {}
    assert (system["version"], system["used_mib"], system["total_mib"]) == ("6.0.1.SPH20", 1736334, 76546048)
    assert [(p["name"], p["used_percent"]) for p in items(path, "pools", "pools")] == [("Pool-1", 5.88)]
    by_rule = verdicts(path)
    assert not {n for n, v in by_rule.items() if v in (Verdict.FAIL, Verdict.WARN)}
    unseen = {n.partition(".")[0] for n, v in by_rule.items() if v is Verdict.NOT_COLLECTED}
    assert unseen == {"enclosures", "power_supplies", "fans"}  # not recorded: not known, and not healthy


def test_the_v3(fixtures_dir: Path) -> None:
    path = fixtures_dir / V3
    assert {v.status for v in views(path).values()} == {Status.COLLECTED}
    assert [e["celsius"] for e in items(path, "enclosures", "enclosures")] == column(path, "5.6", 8)
    assert len(items(path, "ports", "ports")) == sum(len(column(path, f"5.{n}", 4)) for n in (8, 9, 10, 12))
    assert {p["running"] for p in items(path, "ports", "ports")} <= {"link up", "link down"}
    assert len(items(path, "power_supplies", "parts")) == len(column(path, "5.3", 3)) == 8
    by_rule = verdicts(path)
    assert not {n for n, v in by_rule.items() if v in (Verdict.FAIL, Verdict.WARN, Verdict.NOT_COLLECTED)}


def test_an_agent_that_tells_nothing_is_never_healthy(fixtures_dir: Path) -> None:
    assert {v.status for v in views(fixtures_dir / BARE).values()} == {Status.EMPTY}
    assert Verdict.PASS not in verdicts(fixtures_dir / BARE).values()


def test_no_other_device_is_taken_for_an_array(fixtures_dir: Path) -> None:
    others = 0
    for path in sorted(fixtures_dir.glob("snmp/*/*.snmprec*")):
        if "oceanstor" not in path.name and "huawei-ism" not in path.name:
            assert not [n for n, v in views(path).items() if v.status is Status.COLLECTED], path.name
            others += 1
    assert others > 20
