"""Recordings of real Huawei devices that none of us made: right (tests/unit/huawei_vrp compares values), or refused.

Here every file goes to every section: nothing crashes, what is read has the declared shape, and a section that was not
read leaves all of its rules "not collected".
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from xunwei import pack as packs
from xunwei.evaluate import SectionView, compile_rules, judge
from xunwei.model import Asset
from xunwei.parse.engine import parse
from xunwei.words import Status, Verdict

WALKS = ["cli/huawei_vrp/*", "firewall/usg/*"]
PACK = packs.load("huawei_vrp")
RULES = compile_rules(PACK)
DECISIVE = (Verdict.PASS, Verdict.FAIL, Verdict.WARN)


def answers(folder: Path) -> Iterator[tuple[str, str]]:
    """(name, text): raw files as they are, dialogues answer by answer."""
    for path in sorted((folder / "cli" / "huawei_vrp").rglob("*")):
        if not path.is_file() or path.suffix in (".yml", ".yaml"):
            continue
        raw = path.read_text(encoding="utf-8", errors="surrogateescape")
        name = str(path.relative_to(folder))
        data = json.loads(raw) if path.suffix == ".json" else None
        if isinstance(data, dict) and isinstance(data.get("cli"), dict):
            yield from ((f"{name}: {ask}", str(answer)) for ask, answer in data["cli"].items())
        else:
            yield name, raw


def test_every_answer_is_read_right_or_refused(fixtures_dir: Path) -> None:
    read: Counter[str] = Counter()
    seen = 0
    for name, text in answers(fixtures_dir):
        seen += 1
        for section in PACK.sections:
            found = parse(PACK, section, text)
            assert not found.reason.startswith(("parser failed", "parser returned")), (name, section, found.reason)
            if found.status is Status.COLLECTED:
                read[section] += 1
                continue
            assert found.facts is None
            view = SectionView(found.status, None, found.reason, raw=text)
            for judged in judge(Asset("a", "huawei_vrp", "switch"), {section: view}, RULES_OF[section], 0.0):
                assert judged.verdict not in DECISIVE, (name, judged.rule)
    assert seen >= 190
    assert sum(read.values()) >= 120, read


RULES_OF = {s: [r for r in RULES if r.rule.section == s] for s in PACK.sections}


@pytest.mark.parametrize("name", ["sample-usg.cfg", "risky-edge-usg.cfg", "sample-usg-risky.cfg"])
def test_firewall_configurations(fixtures_dir: Path, name: str) -> None:
    """A file that does not end with `return` is refused; with its end every policy in it is read."""
    text = (fixtures_dir / "firewall" / "usg" / name).read_text(encoding="utf-8")
    body = re.sub(r"(?m)^return\s*\Z", "", text)
    assert parse(PACK, "configuration", body).status is Status.UNPARSED
    found = parse(PACK, "configuration", body + "return\n")
    assert found.status is Status.COLLECTED, found.reason
    assert found.facts is not None
    said = re.search(r"(?m)^\s*sysname (\S+)", text)
    assert said is not None
    assert found.facts["hostname"] == said.group(1)
    section = re.search(r"(?ms)^security-policy$.*?(?=^#|^\S|\Z)", text)
    names = re.findall(r"(?m)^ rule name (\S+)", section.group(0)) if section else []
    assert [p["name"] for p in found.facts["policies"]] == names
    assert names
