"""Every recording found under tests/recordings is parsed and compared; adding a recording is adding a folder."""

from __future__ import annotations

import functools
import json
from pathlib import Path
from typing import Any

import pytest
import yaml

from xunwei import pack as packs
from xunwei.evaluate import Compiled, SectionView, compile_rules, judge
from xunwei.model import Asset
from xunwei.parse.engine import parse
from xunwei.words import Status, Verdict

HERE = Path(__file__).resolve().parent
NOW = 1_795_564_800.0  # 2026-11-25T00:00:00Z
CASES = sorted(p.parent for p in HERE.glob("*/[a-z]*/*/in.txt"))
RULE_CASES = sorted(HERE.glob("*/_rules/*.yml"))


def name_of(path: Path) -> str:
    return str(path.relative_to(HERE))


def read_meta(case: Path) -> dict[str, Any]:
    path = case / "meta.yml"
    return (yaml.safe_load(path.read_text(encoding="utf-8")) or {}) if path.is_file() else {}


@pytest.mark.parametrize("case", CASES, ids=name_of)
def test_recording(case: Path, request: pytest.FixtureRequest) -> None:
    platform, section = case.parts[-3], case.parts[-2]
    pack = packs.load(platform)
    raw = (case / "in.txt").read_text(encoding="utf-8")
    parsed = parse(pack, section, raw)
    assert not parsed.reason.startswith(("parser failed", "parser returned")), parsed.reason
    found: dict[str, Any] = {"status": parsed.status.value}
    if parsed.facts is not None:
        found["facts"] = parsed.facts
    expected = case / "expected.json"
    if request.config.getoption("--update-recordings"):
        expected.write_text(json.dumps(found, indent=1, ensure_ascii=False, sort_keys=True) + "\n", encoding="utf-8")
    assert expected.is_file(), f"no expected.json; found:\n{json.dumps(found, indent=1, ensure_ascii=False)}"
    assert found == json.loads(expected.read_text(encoding="utf-8"))
    meta = read_meta(case)
    view = SectionView(parsed.status, parsed.facts, parsed.reason, raw=raw)
    check_verdicts(platform, {section: view}, meta)


@pytest.mark.parametrize("case", RULE_CASES, ids=name_of)
def test_rule_case(case: Path) -> None:
    platform = case.parts[-3]
    data = yaml.safe_load(case.read_text(encoding="utf-8"))
    for one in data if isinstance(data, list) else [data]:
        views = {name: SectionView(Status.COLLECTED, facts) for name, facts in one.get("facts", {}).items()}
        views |= {name: SectionView(Status(s)) for name, s in one.get("statuses", {}).items()}
        pack = packs.load(platform)
        for name, view in views.items():
            shape = pack.section(name).shape
            assert view.facts is None or shape.problem(view.facts) is None, shape.problem(view.facts)
        check_verdicts(platform, views, one)


@functools.cache
def rules_of(platform: str) -> dict[str, Compiled]:
    return {c.rule.id: c for c in compile_rules(packs.load(platform))}


def check_verdicts(platform: str, views: dict[str, SectionView], meta: dict[str, Any]) -> None:
    wanted: dict[str, str] = meta.get("verdicts", {})
    if not wanted:
        return
    rules = rules_of(platform)
    asset = Asset.from_json(
        {"name": "a", "platform": platform, "asset_class": "server", "limits": meta.get("limits", {})}
        | meta.get("asset", {})
    )
    for rule_id, verdict in wanted.items():
        assert rule_id in rules, f"no rule {rule_id}"
        [found] = judge(asset, views, [rules[rule_id]], meta.get("now", NOW))
        assert found.verdict is Verdict(verdict), f"{rule_id}: {found}"
