"""The pack against the lab's portal: nothing false when healthy, each fault found and nothing else, gone after repair."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from xunwei import pack as packs
from xunwei.collect import http
from xunwei.collect.access import Access
from xunwei.evaluate import SectionView, compile_rules, judge
from xunwei.lab import content
from xunwei.lab.harness import Lab
from xunwei.model import Answer, Asset
from xunwei.parse.engine import parse
from xunwei.words import Status, Verdict

PACK = packs.load("application")
ASSET = Asset("app-1", "application", "application")
TOKEN = "invented-key-0123456789"
SETTINGS: dict[str, Any] = {
    "tls_name": "app-1",
    "checks": [
        {"name": "home", "url": "/", "expect_text": "统一受理平台", "max_ms": 250},
        {"name": "query", "url": "/api/items?page=1", "expect_json": {"code": 0}, "expect_regex": "事项 \\d+",
         "headers": {"X-Key": TOKEN}, "certificate": True},
    ],
    "health": {"url": "/health"},
    "login": {"url": "/login", "expect_text": "用户登录"},
}  # fmt: skip
BROKEN = {"checks.available"}


@pytest.fixture(scope="module")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    folder = content.PERSONALITIES / "app_portal"
    state, answers = content.load_personality(folder)
    spec = content.DeviceSpec("app-1", "app_portal", 1, state, answers, {}, "app", folder)
    with Lab(specs=[spec], folder=tmp_path_factory.mktemp("lab")) as lab:
        yield lab


def access(lab: Lab, **changed: Any) -> Access:
    words = lab._estate.variables()["app-1"]
    ca = next(str(p) for p in lab._keep.rglob("app-1.pem")) if lab._keep else ""
    settings = {**SETTINGS, "tls_ca": ca, "http_port": words["asset_http_port"], **changed}
    device = lab.devices["app-1"]
    return Access(ASSET, device.address, device.port, timeout=3.0, settings=settings)


def ask(way: Access) -> dict[str, Answer]:
    answers = http.ask(way, PACK, list(PACK.sections.values()), deadline=time.monotonic() + 120)
    assert [a.section for a in answers] == list(PACK.sections)
    return {a.section: a for a in answers}


def findings(answers: dict[str, Answer]) -> tuple[set[str], set[str]]:
    """(rules that fail or warn, rules that could not be judged), without the platform's name."""
    views = {}
    for name, answer in answers.items():
        parsed = parse(PACK, name, answer.raw) if answer.status is Status.COLLECTED else None
        if parsed:
            assert parsed.status is Status.COLLECTED, (name, parsed.reason)
            for row in next((v for v in (parsed.facts or {}).values() if isinstance(v, list)), []):
                if name == "response":
                    row["trend"] = {"median_ms": dict.fromkeys(("per_day", "days_left", "days_seen"))}
        views[name] = SectionView(answer.status, parsed.facts if parsed else None, raw=answer.raw)
    judged = {j.rule.partition(".")[2]: j.verdict for j in judge(ASSET, views, compile_rules(PACK), time.time())}
    found = {r for r, v in judged.items() if v in (Verdict.FAIL, Verdict.WARN)}
    return found, {r for r, v in judged.items() if v is Verdict.NOT_COLLECTED}


def test_healthy(lab: Lab) -> None:
    answers = ask(access(lab))
    assert {n: (a.status, a.reason) for n, a in answers.items() if a.status is not Status.COLLECTED} == {}
    assert findings(answers) == (set(), set())


FAULTS: list[tuple[str, Any, set[str]]] = [
    ("wrong_content", True, {"checks.content", "login.page"}),
    ("dependency_down", "redis", {"health.state", "health.dependencies"}),
    ("certificate_days", 5, {"certificate.days", "checks.other_certificate"}),
    ("certificate_days", 20, {"certificate.days", "checks.other_certificate"}),
    ("certificate_days", -3, {"certificate.days", "checks.other_certificate"}),
    ("redirect_broken", True, {"redirect.to_https"}),
    ("slow", 0.28, {"checks.time"}),
]


@pytest.mark.parametrize(
    ("fault", "value", "expected"), FAULTS, ids=lambda v: str(v) if isinstance(v, str | int) else ""
)
def test_a_fault_gives_its_findings_and_is_gone_after_repair(
    lab: Lab, fault: str, value: Any, expected: set[str]
) -> None:
    lab.fault("app-1", fault, value)
    try:
        assert findings(ask(access(lab))) == (expected, set())
    finally:
        lab.fault("app-1", fault, False)
    assert findings(ask(access(lab))) == (set(), set())


def test_http_500_everywhere(lab: Lab) -> None:
    lab.fault("app-1", "http_500", True)
    try:
        answers = ask(access(lab))
    finally:
        lab.fault("app-1", "http_500", False)
    found, blind = findings(answers)
    assert {"checks.status", "login.page"} <= found
    assert "checks.available" not in found
    assert "health.state" in blind  # no JSON is not a healthy answer
    assert [json.loads(line)["attempts"] for line in answers["checks"].raw.splitlines()[:2]] == [2, 2]


def test_down_is_a_finding_and_everything_else_is_not_collected(lab: Lab) -> None:
    lab.fault("app-1", "down", True)
    try:
        answers = ask(access(lab))
    finally:
        lab.fault("app-1", "down", False)
    found, blind = findings(answers)
    assert found == {"checks.available"}
    assert {"certificate.days", "health.state", "login.page", "response.median"} <= blind
    assert answers["health"].status is Status.UNREACHABLE
    assert findings(ask(access(lab))) == (set(), set())


@pytest.mark.parametrize("fault", ["hang", "truncated_output"])
def test_a_broken_server_is_never_healthy(lab: Lab, fault: str) -> None:
    way = replace(access(lab, checks=SETTINGS["checks"][:1]), timeout=0.5)
    lab.fault("app-1", fault, True)
    try:
        answers = http.ask(way, PACK, list(PACK.sections.values()), deadline=time.monotonic() + 20)
    finally:
        lab.fault("app-1", fault, False)
    found, blind = findings({a.section: a for a in answers})
    assert "checks.available" in found
    assert "login.page" in blind
    assert "health.state" in blind


def test_a_stranger_certificate_is_not_talked_to(lab: Lab, tmp_path: Path) -> None:
    from xunwei.lab.tls import identity

    other = identity(tmp_path, "other", "127.0.0.1")
    before = len(lab._estate.servers["app-1"].requests)  # type: ignore[attr-defined]
    answers = ask(access(lab, tls_ca=str(other.certificate)))
    assert len(lab._estate.servers["app-1"].requests) == before  # type: ignore[attr-defined]
    found, blind = findings(answers)
    assert found == {"certificate.chain"}
    assert "checks.available" in blind
    assert answers["login"].status is Status.UNREACHABLE


def test_without_anything_to_verify_with_nothing_is_sent(lab: Lab) -> None:
    answers = ask(access(lab, tls_ca=""))
    found, blind = findings(answers)
    assert "checks.available" in blind
    assert not found - {"certificate.chain"}


def test_a_wrong_name_is_a_finding(lab: Lab) -> None:
    found, blind = findings(ask(access(lab, tls_name="other.example")))
    assert "certificate.name" in found
    assert "checks.available" in blind


def test_no_secret_and_no_content_is_kept(lab: Lab) -> None:
    text = "".join(a.raw + a.reason for a in ask(access(lab)).values())
    assert TOKEN not in text
    assert "0123456789abcdef" not in text  # the session cookie's value
    assert "事项" not in text
    assert "\\u4e8b\\u9879" not in text
    assert "page=1" not in text


def test_a_wrong_declaration_is_said(lab: Lab) -> None:
    answers = ask(access(lab, checks=[{"name": "a", "url": "/", "expect": 1}]))
    assert answers["checks"].status is Status.UNPARSED
    assert "expect" in answers["checks"].reason
