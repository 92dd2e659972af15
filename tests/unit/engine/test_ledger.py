"""Findings from run to run, waivers, the gate, and the ledger that remembers."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from xunwei.dates import epoch, iso
from xunwei.errors import InputError
from xunwei.evaluate import waivers as waiver_rules
from xunwei.flow.gate import exit_code
from xunwei.inventory import asset_of, check_limits, check_unique, check_waivers, instances_of, waiver_covers
from xunwei.ledger import Ledger
from xunwei.ledger.lifecycle import compare, finding_id
from xunwei.model import Asset, Item, Judgement
from xunwei.words import Verdict

ASSETS = {"a": Asset("a", "demo", "server", services=("办件",))}
DAY = 86400.0
START = epoch("2026-11-25T02:00:00Z")


def judged(verdict: Verdict, *items: tuple[str, Verdict], rule: str = "demo.x.y") -> Judgement:
    return Judgement("a", rule, verdict, "major", items=[Item(k, v) for k, v in items])


def step(known: dict[str, Any], day: float, *judgements: Judgement) -> dict[str, str]:
    """One run on top of what is known; updates `known` and returns {key: lifecycle}."""
    rows = compare(judgements, known, ASSETS, f"run-{day}", iso(START + day * DAY))
    known.update({r["id"]: r for r in rows})
    return {r["key"]: r["lifecycle"] for r in rows}


def test_the_life_of_a_finding() -> None:
    known: dict[str, Any] = {}
    bad = judged(Verdict.FAIL, ("/", Verdict.FAIL))
    ident = finding_id("a", "demo.x.y", "/")
    assert step(known, 0, bad) == {"/": "new"}
    assert step(known, 8, bad) == {"/": "open"}
    assert (known[ident]["weeks"], known[ident]["runs"]) == (1, 2)
    assert step(known, 15, judged(Verdict.NOT_COLLECTED)) == {}
    assert known[ident]["state"] == "open", "what was not seen is not fixed"
    assert step(known, 22, judged(Verdict.PASS)) == {"/": "fixed"}
    assert (known[ident]["fixed_run"], known[ident]["weeks"]) == ("run-22", 3)
    assert step(known, 29, judged(Verdict.PASS)) == {}
    assert step(known, 36, bad) == {"/": "regressed"}
    assert (known[ident]["weeks"], known[ident]["runs"]) == (0, 1)
    assert step(known, 43, bad) == {"/": "open"}


def test_items_live_their_own_lives() -> None:
    known: dict[str, Any] = {}
    step(known, 0, judged(Verdict.FAIL, ("/", Verdict.FAIL), ("/var", Verdict.WARN)))
    assert step(known, 7, judged(Verdict.FAIL, ("/var", Verdict.FAIL))) == {"/": "fixed", "/var": "open"}
    assert step(known, 14, judged(Verdict.WARN, ("/x", Verdict.WARN), ("/var", Verdict.NOT_COLLECTED))) == {"/x": "new"}


def test_a_rule_that_is_gone_does_not_fix_its_findings() -> None:
    known: dict[str, Any] = {}
    step(known, 0, judged(Verdict.FAIL))
    assert step(known, 7) == {}


WAIVER = {"rule": "demo.x.*", "assets": "a", "reason": "旧设备待更换", "approver": "王工", "until": "2026-11-30"}


@pytest.mark.parametrize(
    ("day", "state", "verdict"), [(0, "active", "waived"), (5.5, "active", "waived"), (6, "lapsed", "fail")]
)
def test_a_waiver_holds_until_its_last_day_ends(day: float, state: str, verdict: str) -> None:
    judgement = judged(Verdict.FAIL, ("/", Verdict.FAIL))
    rows = waiver_rules.apply([judgement], check_waivers([WAIVER]), START + day * DAY, "Asia/Shanghai", waiver_covers)
    assert (rows[0]["state"], judgement.verdict.value) == (state, verdict)
    assert rows[0]["matched"][0]["key"] == "/"
    known: dict[str, Any] = {}
    step(known, day, judgement)
    [finding] = known.values()
    assert (finding["waived"], finding["verdict"]) == (state == "active", "fail")


def test_a_waiver_for_one_item_leaves_the_others() -> None:
    judgement = judged(Verdict.FAIL, ("/", Verdict.FAIL), ("/var", Verdict.WARN))
    waiver_rules.apply([judgement], check_waivers([{**WAIVER, "key": "/"}]), START, "Asia/Shanghai", waiver_covers)
    assert judgement.verdict is Verdict.WARN
    assert {i.key: i.verdict.value for i in judgement.items} == {"/": "waived", "/var": "warn"}


def test_unused_waivers_are_listed() -> None:
    rows = waiver_rules.apply([], check_waivers([WAIVER]), START, "Asia/Shanghai", waiver_covers)
    assert rows[0]["state"] == "unused"


@pytest.mark.parametrize(
    ("change", "words"),
    [({"approver": ""}, "approver"), ({"until": "soon"}, "until is not a date"), ({"reason": None}, "reason")],
)
def test_bad_waivers(change: dict[str, Any], words: str) -> None:
    with pytest.raises(InputError, match=words):
        check_waivers([{**WAIVER, **change}])
    with pytest.raises(InputError, match="not a list"):
        check_waivers("none")


@pytest.mark.parametrize(
    ("gate", "coverage", "unreachable", "missing", "severities", "code"),
    [
        ("major", "strict", 0, 0, [], 0),
        ("major", "strict", 0, 0, ["minor"], 0),
        ("major", "strict", 0, 0, ["major"], 2),
        ("minor", "off", 0, 0, ["minor"], 2),
        ("never", "off", 9, 9, ["critical"], 0),
        ("never", "asset", 0, 5, ["critical"], 0),
        ("never", "asset", 1, 5, [], 3),
        ("never", "strict", 0, 1, [], 3),
        ("critical", "strict", 1, 0, ["critical"], 3),
    ],
)
def test_the_gate(gate: str, coverage: str, unreachable: int, missing: int, severities: list[str], code: int) -> None:
    counts = {"unreachable": unreachable, "verdicts": {"not_collected": missing}}
    findings = [{"severity": s, "verdict": "fail"} for s in severities]
    assert exit_code({"findings": gate, "coverage": coverage}, counts, findings) == code


HEADER = {"run_id": "r", "inventory": "i", "target": "t", "started": iso(START), "operator": "o"}
RUN = HEADER | {"finished": iso(START + 60), "exit_code": 0, "counts": {"assets": 1}}


def test_the_ledger_remembers_and_repeats_nothing(tmp_path: Path) -> None:
    ledger = Ledger(f"sqlite:///{tmp_path / 'l.db'}")
    ledger.begin(HEADER, {"pid": 1}, "/x")
    ledger.begin(HEADER, {"pid": 2}, "/x")
    assert [r["state"] for r in ledger.runs()] == ["open"]
    known: dict[str, Any] = {}
    rows = compare([judged(Verdict.FAIL)], known, ASSETS, "r", iso(START + 60))
    for _ in range(2):
        ledger.finish(RUN, rows, "f" * 64, "/x")
    assert [(r["state"], r["exit_code"]) for r in ledger.runs()] == [("sealed", 0)]
    assert list(ledger.findings(state="open")) == [rows[0]["id"]]
    assert ledger.findings(assets=["b"]) == {}
    ledger.close()


def test_a_ledger_that_cannot_be_opened_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "l.db").write_text("this is no database, but long enough to be looked at" * 40, encoding="utf-8")
    with pytest.raises(InputError, match="ledger cannot be opened"):
        Ledger(f"sqlite:///{tmp_path / 'l.db'}")
    with pytest.raises(InputError) as caught:
        Ledger("postgresql://u:Sup3rS3cret@192.0.2.1/x")
    assert "Sup3rS3cret" not in str(caught.value)


GOOD = {"asset_platform": "linux", "asset_class": "server", "ansible_host": "192.0.2.9"}


@pytest.mark.parametrize(
    ("variables", "words"),
    [
        ({}, "has no asset_platform"),
        ({"asset_platform": "linux"}, "has no asset_class"),
        ({**GOOD, "asset_platform": "vms"}, "unknown platform 'vms'"),
        ({**GOOD, "asset_class": "toaster"}, "unknown class 'toaster'"),
        ({**GOOD, "asset_services": "办件"}, "asset_services is not a list"),
        ({**GOOD, "inspection_limits": ["x"]}, "inspection_limits is not a mapping"),
        ({**GOOD, "asset_instances": {"a": 1}}, "asset_instances is not a list"),
        ({**GOOD, "asset_instances": [{"name": "x"}]}, r"asset_instances\[1\]"),
    ],
)
def test_inventory_mistakes_name_the_host(variables: dict[str, Any], words: str) -> None:
    with pytest.raises(InputError, match=words) as caught:
        _ = [asset_of("web-1", variables), *instances_of("web-1", variables)]
    assert "web-1" in str(caught.value)


def test_limits_add_up_over_levels_and_must_exist() -> None:
    variables = {
        **GOOD,
        "inspection_limits": {"linux.x.y": {"warn": 1, "fail": 2}},
        "inspection_limits_web": {"linux.x.y": {"warn": 5}},
    }
    asset = asset_of("web-1", variables)
    assert asset.limits == {"linux.x.y": {"warn": 5, "fail": 2}}
    with pytest.raises(InputError, match=r"'linux\.x\.y', which is no rule"):
        check_limits([asset])


def test_instances_inherit_from_their_host() -> None:
    variables = {**GOOD, "asset_site": "机房", "asset_services": ["办件"],
                 "asset_instances": [{"name": "pg1", "platform": "postgresql", "asset_class": "database", "port": 5433}]}  # fmt: skip
    [(instance, settings)] = instances_of("db-1", variables)
    assert (instance.host, instance.site, instance.services, settings["port"]) == ("db-1", "机房", ("办件",), 5433)
    with pytest.raises(InputError, match="used twice"):
        check_unique([instance, instance])
