"""The recorded RH2288H V3 (LibreNMS): what the pack reads is what another reading of the same objects gives.

The other reading is made here from the recording's lines and LibreNMS's published rules: temperatures divided by ten, fan
speeds, input power and CPU use as they are (below zero: none), states by number, absent memory left out.
"""

from __future__ import annotations

import bz2
from pathlib import Path
from typing import Any

import pytest

from xunwei import pack as packs
from xunwei.evaluate import SectionView, compile_rules, judge
from xunwei.model import Asset
from xunwei.parse.engine import parse
from xunwei.parse.snmprec import Recording
from xunwei.words import Status, Verdict

WALKS = ["snmp/librenms/ibmc.snmprec"]
P = "ibmc_snmp"
ROOT = "1.3.6.1.4.1.2011.2.235.1.1"
STATES = {"1": "ok", "2": "minor", "3": "major", "4": "critical", "5": "absent", "6": None}


def views(raw: bytes) -> dict[str, SectionView]:
    """Every section that a recording can answer."""
    pack, agent, found = packs.load(P), Recording(raw), {}
    for name, section in pack.sections.items():
        if name != "session":
            text = agent.ask(list(section.asks))
            parsed = parse(pack, name, text)
            assert not parsed.reason.startswith(("parser failed", "parser returned")), (name, parsed.reason)
            found[name] = SectionView(parsed.status, parsed.facts, parsed.reason, raw=text)
    return found


@pytest.fixture(scope="module")
def raw(fixtures_dir: Path) -> bytes:
    return (fixtures_dir / WALKS[0]).read_bytes()


@pytest.fixture(scope="module")
def facts(raw: bytes) -> dict[str, Any]:
    return {n: v.facts for n, v in views(raw).items() if v.facts}


@pytest.fixture(scope="module")
def column(raw: bytes) -> Any:
    """{row: value} of a column of a description table, as text, in order."""
    lines = [line.split("|", 2) for line in raw.decode().replace("\r", "").splitlines() if line.count("|") >= 2]

    def of(table: int, number: int) -> list[str]:
        base = f"{ROOT}.{table}.50.1.{number}."
        return [v for _, v in sorted((int(o[len(base) :]), v) for o, _, v in lines if o.startswith(base))]

    return of


def test_what_was_recorded_is_read_and_the_rest_is_said_not_to_be_there(raw: bytes) -> None:
    status = {n: v.status for n, v in views(raw).items()}
    absent = {"events", "raid_controllers", "logical_drives", "components", "pcie"}
    assert {n for n, s in status.items() if s is Status.EMPTY} == absent
    assert {s for n, s in status.items() if n not in absent} == {Status.COLLECTED}


def test_numbers(facts: dict[str, Any], column: Any) -> None:
    assert [s["celsius"] for s in facts["temperatures"]["sensors"]] == [int(v) / 10 for v in column(26, 3)]
    assert [s["name"] for s in facts["temperatures"]["sensors"]] == column(26, 2)
    assert [(s["critical"], s["minor"]) for s in facts["temperatures"]["sensors"]] == [
        (48.0, 46.0),
        (None, None),
        (None, None),
    ]
    assert [f["rpm"] for f in facts["fans"]["fans"]] == [int(v) for v in column(8, 2)]
    assert [f["name"] for f in facts["fans"]["fans"]] == column(8, 7)
    assert [s["input_watts"] for s in facts["power_supplies"]["supplies"]] == [int(v) for v in column(6, 8)]
    assert facts["system"]["cpu_percent"] == 20
    assert (facts["system"]["model"], facts["system"]["health"]) == ("RH2288H V3", None)


def test_states(facts: dict[str, Any], column: Any) -> None:
    for (section, items), (table, number) in {
        ("fans", "fans"): (8, 4), ("power_supplies", "supplies"): (6, 7), ("processors", "processors"): (15, 6),
        ("memory", "modules"): (16, 6), ("disks", "disks"): (18, 3),
    }.items():  # fmt: skip
        assert [i["status"] for i in facts[section][items]] == [STATES[v] for v in column(table, number)], section
    assert facts["memory"]["entire"] == "ok"
    assert facts["memory"]["present"] == sum(1 for v in column(16, 6) if v != "5")
    assert facts["memory"]["total_mib"] == facts["memory"]["present"] * 32768
    assert facts["disks"]["present"] == 2
    assert {d["celsius"] for d in facts["disks"]["disks"]} == {None}  # 255: its RAID card tells the BMC nothing
    assert (facts["firmware"]["bmc"], facts["firmware"]["bios"]) == ("2.55", "1.08")


def test_verdicts_of_a_healthy_server_of_which_not_all_is_known(raw: bytes) -> None:
    found = judge(Asset("a", P, "server"), views(raw), compile_rules(packs.load(P)), 0.0)
    by_rule = {j.rule.partition(".")[2]: j.verdict for j in found}
    assert not {n for n, v in by_rule.items() if v in (Verdict.FAIL, Verdict.WARN)}
    assert {n for n, v in by_rule.items() if v is Verdict.NOT_COLLECTED} == {"system.health", "events.current"}
    for rule in (
        "fans.status",
        "power_supplies.status",
        "temperatures.threshold",
        "memory.status",
        "disks.status",
        "processors.status",
    ):
        assert by_rule[rule] is Verdict.PASS, rule
    for rule in ("disks.temperature", "disks.state", "disks.wear", "raid_controllers.faults"):
        assert by_rule[rule] is Verdict.NOT_APPLICABLE, rule


def test_no_other_device_is_taken_for_an_ibmc(fixtures_dir: Path) -> None:
    others = 0
    for path in sorted(fixtures_dir.glob("snmp/*/*.snmprec*")):
        if path.name != "ibmc.snmprec":
            data = path.read_bytes()
            seen = views(bz2.decompress(data) if path.suffix == ".bz2" else data)
            assert not [n for n, v in seen.items() if v.status is Status.COLLECTED], path.name
            others += 1
    assert others > 20
