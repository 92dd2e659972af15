"""Recordings of real H3C and HPE devices that none of us made: right (tests/unit/hp_comware compares), or refused.

Here every file goes to every section: nothing crashes, what is read has the declared shape, and a section that was not
read leaves all of its rules "not collected".
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from xunwei import pack as packs
from xunwei.evaluate import SectionView, compile_rules, judge
from xunwei.model import Asset
from xunwei.parse.engine import parse
from xunwei.words import Status, Verdict

WALKS = ["cli/hp_comware/*", "cli/h3c_vrp/*", "cli/oxidized/h3c__*"]
PACK = packs.load("hp_comware")
RULES = compile_rules(PACK)
RULES_OF = {s: [r for r in RULES if r.rule.section == s] for s in PACK.sections}
DECISIVE = (Verdict.PASS, Verdict.FAIL, Verdict.WARN)


def answers(folder: Path) -> Iterator[tuple[str, str]]:
    """(name, text): raw files as they are, dialogues answer by answer."""
    files = [p for v in ("hp_comware", "h3c_vrp") for p in (folder / "cli" / v).rglob("*")]
    for path in sorted([*files, *(folder / "cli" / "oxidized").glob("h3c__*")]):
        if not path.is_file() or path.suffix == ".yml":
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
            for judged in judge(Asset("a", "hp_comware", "switch"), {section: view}, RULES_OF[section], 0.0):
                assert judged.verdict not in DECISIVE, (name, judged.rule)
    assert seen >= 80
    assert sum(read.values()) >= 80, read


def test_a_whole_session_is_no_answer(fixtures_dir: Path) -> None:
    """A terminal log of many commands is not taken for the answer to one of them."""
    for path in (fixtures_dir / "cli" / "oxidized").glob("h3c__*"):
        text = path.read_text(encoding="utf-8")
        for section in ("configuration", "saved", "interfaces", "version", "device"):
            assert parse(PACK, section, text).status is not Status.COLLECTED, (path.name, section)
