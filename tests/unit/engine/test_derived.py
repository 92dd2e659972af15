"""The asset list's audit: made from what was found on all assets, difference by difference."""

from __future__ import annotations

import json
from typing import Any

from xunwei.evaluate import compile_rules, judge
from xunwei.evaluate.judge import SectionView
from xunwei.flow import derived
from xunwei.flow.assess import Assessment, Assessor
from xunwei.model import Answer, Asset, Record
from xunwei.pack import load
from xunwei.words import Status, Verdict

ESTATE = Asset("estate", "estate", "other", networks=("192.0.2.0/24",))


def result(*assets: Asset, facts: dict[str, dict[str, Any]]) -> Assessment:
    made = Assessment()
    for asset in assets:
        made.assets.append({**asset.as_json(), "state": "complete", "reason": ""})
        sections = facts.get(asset.name, {})
        made.records[asset.name] = [Record(n, Status.COLLECTED, facts=f) for n, f in sections.items()]
    return made


def lines(made: Assessment, section: str) -> list[dict[str, Any]]:
    [answer] = [a for a in derived.answers(ESTATE, made, "2026-03-01T00:00:00+00:00") if a.section == section]
    return [json.loads(line) for line in answer.raw.splitlines()]


def found_of(platform: str, word: str, value: Any) -> dict[str, dict[str, Any]]:
    """Facts in which the pack's `found` word has this value."""
    path = load(platform).found[word]
    inner: Any = value
    for name in reversed(path[1:]):
        inner = {name: inner}
    return {path[0]: inner}


def test_declared_and_found_stand_side_by_side() -> None:
    switch = Asset("sw-1", "huawei_vrp", "switch", declared={"model": "S5720", "serial": "21", "address": "192.0.2.1"})
    made = result(switch, facts={"sw-1": found_of("huawei_vrp", "model", "S5731")})
    assert lines(made, "identities") == [
        {"asset": "sw-1", "class": "switch", "word": "model", "declared": "S5720", "found": "S5731"},
        {"asset": "sw-1", "class": "switch", "word": "serial", "declared": "21", "found": None},
    ]


def test_addresses_outside_the_management_networks_are_nobodys_business() -> None:
    switch = Asset("sw-1", "huawei_vrp", "switch", declared={"address": "192.0.2.1"})
    seen = [{"ip": i, "mac": "m"} for i in ("192.0.2.1", "192.0.2.99", "198.51.100.7", "odd")]
    made = result(switch, facts={"sw-1": found_of("huawei_vrp", "addresses", seen)})
    assert [(r["ip"], r["asset"]) for r in lines(made, "addresses")] == [("192.0.2.1", "sw-1"), ("192.0.2.99", None)]


def test_neighbours_are_known_by_their_declared_host_name() -> None:
    one = Asset("sw-1", "huawei_vrp", "switch", links=({"port": "XGE0/0/1", "peer": "sw-2", "peer_port": ""},))
    two = Asset("sw-2", "huawei_vrp", "switch", declared={"hostname": "CORE-2"})
    seen = [{"local_port": "XGE0/0/1", "peer": "CORE-2", "peer_port": "XGE0/0/9"}]
    made = result(one, two, facts={"sw-1": found_of("huawei_vrp", "neighbours", seen)})
    first, second = lines(made, "links")
    assert first["seen"][0]["known"] == "sw-2"
    assert (second["lldp"], second["declared"]) == (False, [])


def test_the_assessor_keeps_what_it_made_as_evidence() -> None:
    made = result(Asset("a", "linux", "server", declared={"serial": "1"}), facts={})
    assessor = Assessor(0.0)
    assessor.result = made
    assessor.asset(ESTATE, derived.answers(ESTATE, made, "2026-03-01T00:00:00+00:00"))
    assert {a.section for a in made.made["estate"]} == set(load("estate").sections)
    verdicts = {j.rule: j.verdict for j in made.judgements}
    assert verdicts["estate.identities.unseen"] is Verdict.WARN
    assert verdicts["estate.links.differences"] is Verdict.PASS


def test_a_word_nothing_is_derived_under(monkeypatch: Any) -> None:
    monkeypatch.setattr(derived, "QUESTIONS", {})
    answers: list[Answer] = derived.answers(ESTATE, Assessment(), "2026-03-01T00:00:00+00:00")
    assert {a.status for a in answers} == {Status.UNSUPPORTED}


def test_no_asset_declares_anything() -> None:
    pack = load("estate")
    views = {n: SectionView(Status.EMPTY, None, "empty answer") for n in pack.sections}
    verdicts = {j.rule: j.verdict for j in judge(ESTATE, views, compile_rules(pack), 0.0)}
    assert verdicts["estate.identities.differences"] is Verdict.NOT_APPLICABLE
    assert verdicts["estate.coverage.reached"] is Verdict.NOT_COLLECTED
