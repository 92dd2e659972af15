"""Every rule is shown to pass, to find fault and to be not collected; every section has a parser and recordings."""

from __future__ import annotations

import json
from collections import defaultdict
from pathlib import Path

import pytest
import yaml

from xunwei import pack as packs
from xunwei.evaluate import SectionView, compile_rules, judge
from xunwei.model import Asset
from xunwei.words import Status, Verdict

ROOT = Path(__file__).resolve().parents[2]
RECORDINGS = ROOT / "tests" / "recordings"
PLATFORMS = packs.platforms()


def shown(platform: str) -> dict[str, set[str]]:
    """{rule id: verdicts that recordings claim} (that they are true is tests/recordings' business)."""
    found: dict[str, set[str]] = defaultdict(set)
    for path in [*RECORDINGS.glob(f"{platform}/*/*/meta.yml"), *RECORDINGS.glob(f"{platform}/_rules/*.yml")]:
        data = yaml.safe_load(path.read_text(encoding="utf-8")) or {}
        for one in data if isinstance(data, list) else [data]:
            for rule, verdict in (one.get("verdicts") or {}).items():
                found[rule].add(str(verdict))
    return found


@pytest.mark.parametrize("platform", PLATFORMS)
def test_every_rule_passes_and_finds_fault_in_recordings(platform: str) -> None:
    have = shown(platform)
    missing = [
        f"{rule.id}: {sorted(have[rule.id])}"
        for rule in packs.load(platform).rules()
        if "pass" not in have[rule.id] or not have[rule.id] & {"fail", "warn"}
    ]
    assert not missing, "\n".join(missing)


@pytest.mark.parametrize("platform", PLATFORMS)
def test_no_rule_passes_on_what_was_not_collected(platform: str) -> None:
    pack = packs.load(platform)
    rules = compile_rules(pack)
    for status in (s for s in Status if s is not Status.COLLECTED):
        views = {name: SectionView(status, None, "because") for name in pack.sections}
        for found in judge(Asset("a", platform, "server"), views, rules, 0.0):
            assert found.verdict in (Verdict.NOT_COLLECTED, Verdict.NOT_APPLICABLE), (status, found.rule)
            if status not in (Status.UNSUPPORTED, Status.EMPTY):
                assert found.verdict is Verdict.NOT_COLLECTED, (status, found.rule)


@pytest.mark.parametrize("platform", PLATFORMS)
def test_every_section_has_a_parser_and_recordings(platform: str) -> None:
    pack = packs.load(platform)
    for name in pack.sections:
        assert pack.parser(name)
        cases = sorted((RECORDINGS / platform / name).glob("*/expected.json"))
        statuses = {json.loads(c.read_text(encoding="utf-8"))["status"] for c in cases}
        assert "collected" in statuses, f"{platform}.{name}: no recording that parses"
        assert len(cases) >= 2, f"{platform}.{name}: {len(cases)} recording"


@pytest.mark.parametrize("platform", PLATFORMS)
def test_rules_have_reasons_and_known_clauses(platform: str) -> None:
    for rule in packs.load(platform).rules():
        assert rule.why["zh"] != rule.title["zh"], rule.id
        assert rule.remedy["zh"], rule.id
        assert rule.duties or rule.clauses, f"{rule.id} serves no duty and no clause"


@pytest.mark.parametrize("platform", PLATFORMS)
def test_a_pack_has_its_page(platform: str) -> None:
    folder = packs.find(platform)
    assert folder is not None
    assert (folder / "page.md").is_file()
