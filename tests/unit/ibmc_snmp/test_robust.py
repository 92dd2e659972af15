"""Both packs that read Huawei's own MIBs: parsers never raise anything but Unparsed, and a worse answer is never better."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from xunwei import pack as packs
from xunwei.evaluate import SectionView, compile_rules, judge
from xunwei.model import Asset
from xunwei.parse.engine import parse
from xunwei.words import Status, Verdict

RECORDINGS = Path(__file__).resolve().parents[2] / "recordings"
CASES = sorted(p for name in ("ibmc_snmp", "oceanstor_snmp") for p in RECORDINGS.glob(f"{name}/[a-z]*/healthy/in.txt"))
# Column with a part's health, by table: every number but the one for `good` must be told.
IBMC = r"(?:6\.50\.1\.7|8\.50\.1\.4|15\.50\.1\.6|16\.50\.1\.6|18\.50\.1\.3|10\.50\.1\.5|24\.50\.1\.3)"
ARRAY = r"(?:5\.1\.1\.2|5\.2\.1\.2|5\.6\.1\.4|5\.[34589]\.1\.3|5\.1[34]\.1\.3|4\.1\.1\.3|4\.2\.1\.5|4\.8\.1\.9)"
HEALTH = {
    "ibmc_snmp": rf"(235\.1\.1\.{IBMC}\.[\d.]+ = INTEGER: )1\b",
    "oceanstor_snmp": rf"(4\.1\.23\.{ARRAY}\.[\d.]+ = Gauge32: )1\b",
}


def verdicts(platform: str, section: str, raw: str) -> set[Verdict]:
    pack = packs.load(platform)
    parsed = parse(pack, section, raw)
    assert not parsed.reason.startswith(("parser failed", "parser returned")), parsed.reason
    rules = [c for c in compile_rules(pack) if list(c.sections) == [section]]
    view = SectionView(parsed.status, parsed.facts, parsed.reason, raw=raw)
    return {j.verdict for j in judge(Asset("a", platform, "server"), {section: view}, rules, 1_795_564_800.0)}


@pytest.mark.parametrize("case", CASES, ids=lambda p: "/".join(p.parts[-4:-2]))
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_mutated_answers(case: Path, data: Any) -> None:
    platform, section = case.parts[-4], case.parts[-3]
    lines = case.read_text(encoding="utf-8").splitlines(keepends=True)
    index = data.draw(st.integers(0, len(lines) - 1))
    kind = data.draw(st.sampled_from(["drop", "cut", "twice", "noise", "number"]))
    line = lines[index]
    lines[index] = {
        "drop": "", "cut": line[: len(line) // 2], "twice": line * 2, "noise": data.draw(st.text(max_size=30)) + "\n",
        "number": re.sub(r"\d+$", str(data.draw(st.integers(-5, 2**33))), line.rstrip("\n")) + "\n",
    }[kind]  # fmt: skip
    raw = "".join(lines)
    parsed = parse(packs.load(platform), section, raw)
    assert not parsed.reason.startswith(("parser failed", "parser returned")), parsed.reason
    assert (parsed.facts is not None) == (parsed.status is Status.COLLECTED)


@pytest.mark.parametrize(
    "case", [c for c in CASES if re.search(HEALTH[c.parts[-4]], c.read_text())], ids=lambda p: p.parts[-3]
)
@pytest.mark.parametrize("number", [0, 2, 3, 4, 6, 7, 14, 99, 65535])
def test_no_other_health_number_passes(case: Path, number: int) -> None:
    platform, section = case.parts[-4], case.parts[-3]
    raw, changed = re.subn(HEALTH[platform], rf"\g<1>{number}", case.read_text(encoding="utf-8"), count=1)
    assert changed == 1
    found = verdicts(platform, section, raw)
    assert found & {Verdict.FAIL, Verdict.WARN, Verdict.NOT_COLLECTED}, found
